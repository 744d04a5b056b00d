using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>What the services publish about one study, read over HTTP.</summary>
internal sealed class PublishedStudy(ServiceClient intake, ServiceClient matrix, ServiceClient risk, string study)
{
    private const int VersionsAtOnce = 200;
    private const int ReportsAtOnce = 1000;

    private readonly string _ledger = $"ledger/{ServiceClient.Segment(study)}";
    private readonly string _study = $"studies/{ServiceClient.Segment(study)}";

    public string Study => study;

    /// <summary>The ledger's size and root, now or as they were.</summary>
    public Task<TreeHead> HeadAsync(long? size, CancellationToken ct) =>
        intake.GetAsync<TreeHead>(size is null ? _ledger : FormattableString.Invariant($"{_ledger}?size={size}"), ct);

    /// <summary>The signed checkpoint at a size, the newest one without; null where there is none.</summary>
    public async Task<string?> CheckpointAsync(long? size, CancellationToken ct)
    {
        try
        {
            return await intake.GetTextAsync(
                size is null ? $"{_ledger}/checkpoint" : FormattableString.Invariant($"{_ledger}/checkpoint?size={size}"), ct);
        }
        catch (CommandException none) when (none.IsNotFound && none.Problem != ProblemBody.UnknownStudy)
        {
            return null;
        }
    }

    public Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken ct) => intake.GetAsync<ConsistencyProof>(
        FormattableString.Invariant($"{_ledger}/proof/consistency?from={from}&to={to}"), ct);

    /// <summary>The first entries in order; a page is asked for while the one before it is worked on.</summary>
    public async IAsyncEnumerable<LedgerEntry> EntriesAsync(long size, [EnumeratorCancellation] CancellationToken ct)
    {
        var coming = PageAsync(0, size, ct);
        for (long next = 0; next < size;)
        {
            var page = await coming;
            if (page.From != next || page.Entries.Count == 0)
                throw new CommandException(ExitCode.TryAgain, $"The feed gives no entries from {next} on.", "Try again.");
            next += page.Entries.Count;
            coming = next < size ? PageAsync(next, size, ct) : Task.FromResult(page);
            foreach (var entry in page.Entries) yield return entry with { Traceparent = null };
        }
    }

    public async Task<LedgerEntry> EntryAsync(long index, CancellationToken ct) => (await PageAsync(index, index + 1, ct)).Entries[0];

    /// <inheritdoc cref="UnreleasedOpenings.ReadAsync"/>
    public IAsyncEnumerable<(LedgerOpening Opening, Envelope Said)> UnreleasedAsync(int round, CancellationToken ct) =>
        UnreleasedOpenings.ReadAsync(intake, study, round, ct);

    /// <summary>Texts that were released with a round and are not erased, of its entries from an index on.</summary>
    public Task<RoundRationales> TextsAsync(int round, long from, CancellationToken ct) => intake.GetAsync<RoundRationales>(
        FormattableString.Invariant($"{_study}/rounds/{round}/rationales?from={from}&titles=true"), ct);

    /// <summary>The proof that an event is in the ledger; null where it is not.</summary>
    /// <param name="size">Of the tree; null: all entries there are.</param>
    public async Task<InclusionProof?> InclusionAsync(Guid eventId, long? size, CancellationToken ct)
    {
        try
        {
            return await intake.GetAsync<InclusionProof>(
                ReadingOptions.Query(
                    $"{_ledger}/proof/inclusion", ("event", eventId.ToString()), ("size", size is { } known ? Show.Count(known) : null)),
                ct);
        }
        catch (CommandException none) when (none.IsNotFound && none.Problem != ProblemBody.UnknownStudy)
        {
            return null;
        }
    }

    /// <summary>Every published version up to that size, oldest first.</summary>
    public async Task<IReadOnlyList<MatrixVersion>> VersionsAsync(long size, CancellationToken ct)
    {
        var versions = new List<MatrixVersion>();
        for (long? below = size + 1; below is not null;)
        {
            var page = await matrix.GetAsync<MatrixVersions>(
                FormattableString.Invariant($"{_study}/matrix/versions?after={below}&limit={VersionsAtOnce}"), ct);
            versions.AddRange(page.Versions);
            below = page.Next;
        }

        versions.Reverse();
        return versions;
    }

    public Task<ConsensusMatrix> MatrixAsync(long version, CancellationToken ct) =>
        matrix.GetAsync<ConsensusMatrix>(FormattableString.Invariant($"{_study}/matrix/versions/{version}"), ct);

    /// <summary>The version that a reader means by an instant or a closed round.</summary>
    public async Task<long> VersionAtAsync(string? time, int? round, CancellationToken ct) => (await matrix.GetAsync<MatrixView>(
        ReadingOptions.Query($"{_study}/matrix", ("at", time), ("round", round is { } number ? Show.Count(number) : null)), ct)).Version;

    /// <summary>Every stored report up to that size, oldest first.</summary>
    public async Task<IReadOnlyList<RiskVersion>> RiskVersionsAsync(long size, CancellationToken ct)
    {
        var reports = new List<RiskVersion>();
        try
        {
            for (long? from = 0; from is not null && from <= size;)
            {
                var page = await risk.GetAsync<RiskVersions>(
                    FormattableString.Invariant($"{_study}/risk/versions?from={from}&limit={ReportsAtOnce}"), ct);
                reports.AddRange(page.Versions.Where(one => one.Version <= size));
                from = page.Next;
            }
        }
        catch (CommandException none) when (none.IsNotFound)
        {
            // No version of the study was scored yet.
            return [];
        }

        return reports;
    }

    public Task<RiskReport> ReportAsync(long version, string lens, CancellationToken ct) => risk.GetAsync<RiskReport>(
        ReadingOptions.Query($"{_study}/risk", ("version", Show.Count(version)), ("lens", lens)), ct);

    private Task<LedgerPage> PageAsync(long from, long size, CancellationToken ct) => intake.GetAsync<LedgerPage>(
        FormattableString.Invariant($"{_ledger}/entries?from={from}&limit={Math.Min(LedgerFold.LargestPage, size - from)}"), ct);
}
