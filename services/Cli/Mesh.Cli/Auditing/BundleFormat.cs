namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>
/// An audit bundle: a ZIP archive of these files and no others, first the manifest's, which is written last and lists every other
/// file with its length and SHA-256. Lines of JSON end in a newline each and ascend by index or version.
/// </summary>
internal static class BundleFormat
{
    /// <summary>Of the manifest; another format is another id.</summary>
    public const string Id = "alignmentmesh-audit-bundle/1";

    public const string Manifest = "manifest.json";

    /// <summary>Signed note (C2SP tlog-checkpoint) with its cosignatures; absent where nothing was signed.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The exporter's witness policy (C2SP tlog-policy); verifiers bring their own.</summary>
    public const string Policy = "policy";

    public const string EarlierCheckpoint = "earlier-checkpoint";

    /// <summary>Proof that the ledger extends the earlier checkpoint.</summary>
    public const string Consistency = "consistency.json";

    /// <summary>Ids and constants of what was computed.</summary>
    public const string Methods = "methods.json";

    /// <summary>Every entry: leaf and, where it was released, opening.</summary>
    public const string Entries = "entries.ndjson";

    /// <summary>Entries without opening, and why.</summary>
    public const string Redactions = "redactions.ndjson";

    /// <summary>Openings of such entries that the exporter saw under a grant; absent where it did not ask for them.</summary>
    public const string Unreleased = "unreleased.ndjson";

    /// <summary>
    /// Rationales and titles of evidence with their salts, in the order in which released entries first name their hashes; absent where
    /// the exporter did not ask for them.
    /// </summary>
    public const string Texts = "texts.ndjson";

    /// <summary>Every published matrix version: root, time, digest.</summary>
    public const string Versions = "versions.ndjson";

    /// <summary>Published matrix versions with all their numbers.</summary>
    public const string Matrices = "matrices.ndjson";

    /// <summary>Every stored risk report: digests.</summary>
    public const string RiskVersions = "risk-versions.ndjson";

    /// <summary>Stored risk reports with all their numbers, one a lens.</summary>
    public const string Risks = "risks.ndjson";

    /// <summary>Bytes of the longest bundle, and of its longest file: below what needs the archive's 64-bit extension.</summary>
    public const long MostBytes = uint.MaxValue - 1;

    /// <summary>Decompressed bytes for each compressed one, of files beyond the first mebibyte.</summary>
    public const int HighestRatio = 100;

    /// <summary>Bytes of the longest line, and of files that are read at once.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    public static readonly IReadOnlyList<string> Required =
        [Manifest, Methods, Entries, Redactions, Versions, Matrices, RiskVersions, Risks];

    public static readonly IReadOnlyList<string> All = [.. Required, Unreleased, Texts, Checkpoint, Policy, EarlierCheckpoint, Consistency];

    /// <summary>Of every file in the archive: the same ledger gives the same bytes whenever it is exported.</summary>
    public static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>What a bundle holds.</summary>
/// <param name="Root">Hex root over the first <paramref name="Size"/> entries.</param>
/// <param name="CreatedBy">Program and version.</param>
/// <param name="Files">Every file but the manifest, in ordinal order.</param>
internal sealed record BundleManifest(
    string Format, string Study, long Size, string Root, string CreatedBy, IReadOnlyList<BundleFile> Files)
{
    /// <exception cref="NotABundleException">The bundle's manifest cannot be read, or is of another format.</exception>
    public static BundleManifest Of(Bundle bundle)
    {
        var manifest = BundleJson.Read<BundleManifest>(bundle.ReadAll(BundleFormat.Manifest), BundleFormat.Manifest);
        return manifest.Format == BundleFormat.Id
            ? manifest
            : throw new NotABundleException($"its format is '{manifest.Format}'; this program reads {BundleFormat.Id}");
    }
}

/// <param name="Sha256">64 hex digits.</param>
internal sealed record BundleFile(string Path, long Bytes, string Sha256);

/// <summary>An entry whose content is not in the bundle.</summary>
internal sealed record Redaction(long Index, string Reason)
{
    public const string BlindRound = "blind round not closed";
}
