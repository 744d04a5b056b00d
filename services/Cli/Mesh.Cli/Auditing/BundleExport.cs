using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Fetches a study's ledger and all that was published of it, and writes them as a bundle.</summary>
internal sealed class BundleExport(Shell shell, PublishedStudy published, BundleScope scope)
{
    /// <summary>Versions with all their numbers, unless every one is asked for.</summary>
    public const int VersionsInFull = 256;

    private readonly List<Redaction> _redactions = [];
    private readonly CompactRange _range = new();
    private readonly NamedTexts _texts = new();
    private readonly List<long> _rounds = [];
    private int _newestRound;

    /// <param name="earlier">A checkpoint that the caller kept, to be proved consistent.</param>
    /// <param name="policy">Text of the caller's witness policy.</param>
    public async Task<BundleManifest> WriteAsync(string path, long? size, byte[]? earlier, string? policy, CancellationToken ct)
    {
        var note = await published.CheckpointAsync(size, ct);
        var end = size ?? (note is null ? (await published.HeadAsync(null, ct)).Size : SizeOf(note));
        if (note is not null && SizeOf(note) != end) note = null;
        using var bundle = new BundleWriter(path);
        await WriteEntriesAsync(bundle, end, ct);
        var root = Convert.ToHexStringLower(_range.Root());
        await RequireRootAsync(end, root, ct);
        await bundle.AddLinesAsync(BundleFormat.Redactions, _redactions.ToAsyncEnumerable(), ct);
        if (scope.Unreleased) await bundle.AddLinesAsync(BundleFormat.Unreleased, UnreleasedAsync(ct), ct);
        if (scope.Texts)
            await new WorkProgress(shell, "Texts", "texts fetched").RunAsync(
                _texts.Count, done => bundle.AddLinesAsync(BundleFormat.Texts, _texts.ReadAsync(published, done, ct), ct));
        if (note is not null) await bundle.AddAsync(BundleFormat.Checkpoint, Encoding.UTF8.GetBytes(note), ct);
        if (policy is not null) await bundle.AddAsync(BundleFormat.Policy, Encoding.UTF8.GetBytes(policy), ct);
        if (earlier is not null) await WriteEarlierAsync(bundle, earlier, end, ct);
        await bundle.AddAsync(BundleFormat.Methods, JsonSerializer.SerializeToUtf8Bytes(MethodCard.Own, Json.Contract), ct);
        await WritePublishedAsync(bundle, end, ct);
        return await bundle.CompleteAsync(published.Study, end, root, ct);
    }

    private Task WriteEntriesAsync(BundleWriter bundle, long size, CancellationToken ct) =>
        new WorkProgress(shell, "Entries", "entries fetched").RunAsync(
            size, done => bundle.AddLinesAsync(BundleFormat.Entries, EntriesAsync(size, done, ct), ct));

    private async IAsyncEnumerable<LedgerEntry> EntriesAsync(long size, Action<long> done, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var entry in published.EntriesAsync(size, ct))
        {
            _range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
            if (entry.Opening is null) _redactions.Add(new Redaction(entry.Index, Redaction.BlindRound));
            else Remember(entry.Index, Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening.Envelope)));
            done(1);
            yield return entry;
        }
    }

    private void Remember(long index, Envelope said)
    {
        if (scope.Texts) _texts.Remember(index, said);
        if (said.Type == "round-closed") _rounds.Add(index + 1);
        if (said is { Type: "round-opened", Round: { } round }) _newestRound = round;
    }

    /// <summary>At most one round is open, the newest: every entry that is kept back is one of its.</summary>
    private async IAsyncEnumerable<LedgerOpening> UnreleasedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var keptBack = _redactions.Select(redaction => redaction.Index).ToHashSet();
        if (keptBack.Count == 0) yield break;
        await foreach (var (opening, _) in published.UnreleasedAsync(_newestRound, ct))
            if (keptBack.Contains(opening.Index)) yield return opening;
    }

    private async Task RequireRootAsync(long size, string root, CancellationToken ct)
    {
        var head = await published.HeadAsync(size, ct);
        if (head.Root != root)
            throw new CommandException(
                ExitCode.Failed, $"The entries that were given out have the root {root}, their head at {size} says {head.Root}.",
                "Report this to the operators of the mesh and to the other auditors.");
    }

    private async Task WriteEarlierAsync(BundleWriter bundle, byte[] earlier, long size, CancellationToken ct)
    {
        var from = SizeOf(Encoding.UTF8.GetString(earlier));
        var proof = await published.ConsistencyAsync(from, size, ct);
        await bundle.AddAsync(BundleFormat.EarlierCheckpoint, earlier, ct);
        await bundle.AddAsync(BundleFormat.Consistency, JsonSerializer.SerializeToUtf8Bytes(proof, Json.Contract), ct);
    }

    private async Task WritePublishedAsync(BundleWriter bundle, long size, CancellationToken ct)
    {
        var versions = await published.VersionsAsync(size, ct);
        var scored = await published.RiskVersionsAsync(size, ct);
        var chosen = Chosen([.. versions.Select(one => one.Version)]);
        var inFull = versions.Where(one => chosen.Contains(one.Version)).ToArray();
        var reports = scored.Where(one => scope.Full || chosen.Contains(one.Version))
            .SelectMany(one => one.Digests.Keys.Order(StringComparer.Ordinal).Select(lens => (one.Version, Lens: lens))).ToArray();
        await bundle.AddLinesAsync(BundleFormat.Versions, versions.ToAsyncEnumerable(), ct);
        await new WorkProgress(shell, "Published", "published versions and reports fetched").RunAsync(
            inFull.Length + reports.Length, async done =>
            {
                await bundle.AddLinesAsync(
                    BundleFormat.Matrices, EachAsync(inFull, one => published.MatrixAsync(one.Version, ct), done), ct);
                await bundle.AddLinesAsync(BundleFormat.RiskVersions, scored.ToAsyncEnumerable(), ct);
                await bundle.AddLinesAsync(
                    BundleFormat.Risks, EachAsync(reports, one => published.ReportAsync(one.Version, one.Lens, ct), done), ct);
            });
    }

    /// <summary>All, or the newest, those just after a round, and others evenly apart.</summary>
    private HashSet<long> Chosen(long[] versions)
    {
        if (scope.Full || versions.Length <= VersionsInFull) return [.. versions];
        var rounds = _rounds.Select(round => Array.FindIndex(versions, version => version >= round)).Where(at => at >= 0);
        var evenly = Enumerable.Range(0, VersionsInFull).Select(at => (int)((long)at * (versions.Length - 1) / (VersionsInFull - 1)));
        return [.. rounds.Concat(evenly).Select(at => versions[at])];
    }

    private static async IAsyncEnumerable<T> EachAsync<TItem, T>(IEnumerable<TItem> items, Func<TItem, Task<T>> fetch, Action<long> done)
    {
        foreach (var item in items)
        {
            yield return await fetch(item);
            done(1);
        }
    }

    private static long SizeOf(string note)
    {
        try
        {
            return Checkpoint.Parse(SignedNote.Parse(note).Text).Size;
        }
        catch (FormatException malformed)
        {
            throw CommandException.BadData($"That is no signed checkpoint: {malformed.Message}", inner: malformed);
        }
    }
}

/// <summary>What a bundle has beyond what every bundle has.</summary>
/// <param name="Full">Every published version with all its numbers, not only some.</param>
/// <param name="Unreleased">Also what the caller may see of a blind round before its release.</param>
/// <param name="Texts">Also rationales and titles of evidence, with their salts.</param>
internal sealed record BundleScope(bool Full, bool Unreleased, bool Texts);
