using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>The one pass over a bundle's entries, with everything that was published walked along beside them.</summary>
internal sealed class BundlePass(Bundle bundle, BundleManifest manifest, LedgerReplay replay) : IDisposable
{
    public const string Entries = "entries";

    private readonly BundleLines<LedgerEntry> _entries = bundle.Lines<LedgerEntry>(BundleFormat.Entries);
    private readonly BundleLines<Redaction> _redactions = bundle.Lines<Redaction>(BundleFormat.Redactions);
    private readonly BundleLines<LedgerOpening>? _unreleased =
        bundle.Has(BundleFormat.Unreleased) ? bundle.Lines<LedgerOpening>(BundleFormat.Unreleased) : null;

    private readonly BundleTexts? _texts = bundle.Has(BundleFormat.Texts) ? new(bundle) : null;
    private readonly BundleLines<MatrixVersion> _versions = bundle.Lines<MatrixVersion>(BundleFormat.Versions);
    private readonly BundleLines<ConsensusMatrix> _matrices = bundle.Lines<ConsensusMatrix>(BundleFormat.Matrices);
    private readonly BundleLines<RiskVersion> _riskVersions = bundle.Lines<RiskVersion>(BundleFormat.RiskVersions);
    private readonly BundleLines<RiskReport> _risks = bundle.Lines<RiskReport>(BundleFormat.Risks);

    public ReplayComparison Comparison { get; } = new(replay);

    /// <summary>Takes the next entry; false at the end.</summary>
    /// <exception cref="AuditFailedException">It cannot be the next one, or has no opening for no reason that is given.</exception>
    public bool TakeEntry()
    {
        if (_entries.Take() is not { } entry) return false;
        try
        {
            if (replay.Take(entry) is { } said) _texts?.Take(entry.Index, said);
            // Beside the replay and never in it: no number of this size may depend on what was not released.
            if (entry.Opening is null && _unreleased?.Peek?.Index == entry.Index)
                LedgerReplay.Open(manifest.Study, entry.Index, _unreleased.Take()!, Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)));
        }
        catch (InvalidDataException wrong)
        {
            throw new AuditFailedException(Entries, wrong.Message, wrong);
        }

        var redacted = _redactions.Peek?.Index == entry.Index ? _redactions.Take() : null;
        if (entry.Opening is null && redacted is not { Reason: Redaction.BlindRound })
            throw new AuditFailedException(Entries, $"entry {entry.Index} has no opening, and no reason is given why");
        if (entry.Opening is not null && redacted is not null)
            throw new AuditFailedException(Entries, $"entry {entry.Index} has an opening and is listed as redacted");
        return true;
    }

    /// <summary>Compares what was published of the version just reached.</summary>
    /// <exception cref="AuditFailedException">It is not what the entries give.</exception>
    public void CompareVersion()
    {
        var published = TakeAt(_versions, one => one.Version);
        var numbers = TakeAt(_matrices, one => one.Version);
        if (numbers is not null && published is null)
            throw new AuditFailedException(ReplayComparison.Matrix, $"version {replay.Size} has numbers and is not listed as published");
        if (numbers is not null && numbers.Study != manifest.Study)
            throw new AuditFailedException(ReplayComparison.Matrix, $"version {replay.Size} is of study '{numbers.Study}'");
        if (published is not null) Comparison.Compare(published, numbers);
        if (TakeAt(_riskVersions, one => one.Version) is not { } scored) return;
        var reports = new List<RiskReport>();
        while (TakeAt(_risks, one => one.Version) is { } report) reports.Add(report);
        Comparison.Compare(scored, published?.Digest ?? replay.Matrix().Digest!, reports);
    }

    /// <summary>Nothing is left over of what was published.</summary>
    /// <exception cref="AuditFailedException">Something is, or stands out of order.</exception>
    public void RequireEnd()
    {
        RequireEnd(ReplayComparison.Matrix, BundleFormat.Versions, _versions.Peek?.Version);
        RequireEnd(ReplayComparison.Matrix, BundleFormat.Matrices, _matrices.Peek?.Version);
        RequireEnd(ReplayComparison.Risk, BundleFormat.RiskVersions, _riskVersions.Peek?.Version);
        RequireEnd(ReplayComparison.Risk, BundleFormat.Risks, _risks.Peek?.Version);
        RequireEnd(Entries, BundleFormat.Redactions, _redactions.Peek?.Index);
        RequireEnd(Entries, BundleFormat.Unreleased, _unreleased?.Peek?.Index);
    }

    /// <summary>Says how the texts come out, where the bundle has any.</summary>
    /// <exception cref="AuditFailedException">They are not those of the entries.</exception>
    public void EndTexts(AuditLog log)
    {
        if (_texts is null)
            log.Absent(BundleTexts.Check, 0, "not in this bundle");
        else
            _texts.End(replay, log);
    }

    public string EntriesInWords() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{replay.Size} in order, {replay.Opened} opened as committed to, {replay.Size - replay.Opened} sealed until their round closes")
        + (_unreleased is null ? "" : $", {Show.Count(_unreleased.Taken)} of them unreleased, seen under a grant");

    public IEnumerable<string> Notes()
    {
        foreach (var (index, restore) in replay.Restores)
            yield return $"Entry {index}: epoch {restore.Epoch} began, the ledger was restored to {restore.KeptSize} entries"
                + $"{(restore.LostSize is { } lost ? $" of {lost}" : "")}, {Confirmed(restore.Epoch)}: {restore.Reason}";
        foreach (var (index, erased) in replay.Erasures)
            yield return $"Entry {index}: {erased.Hashes.Count} texts{(erased.Rater is null ? "" : " and a name")} were erased "
                + $"({erased.LegalBasis}): {erased.Reason}";
        foreach (var stream in replay.StreamsWithGaps.Take(10))
            yield return $"{stream} has later events in the ledger than some that are not: left out, or still to be sequenced.";
    }

    private string Confirmed(int epoch) =>
        replay.IsConfirmed(epoch) ? "confirmed by a second round manager" : "CONFIRMED BY NO SECOND ROUND MANAGER";

    public void Dispose()
    {
        _entries.Dispose();
        _redactions.Dispose();
        _unreleased?.Dispose();
        _texts?.Dispose();
        _versions.Dispose();
        _matrices.Dispose();
        _riskVersions.Dispose();
        _risks.Dispose();
    }

    private T? TakeAt<T>(BundleLines<T> lines, Func<T, long> version)
        where T : class => lines.Peek is { } next && version(next) == replay.Size ? lines.Take() : null;

    private static void RequireEnd(string check, string file, long? next)
    {
        if (next is not null) throw new AuditFailedException(check, $"{file} goes on with {next}, out of order or beyond the ledger's end");
    }
}
