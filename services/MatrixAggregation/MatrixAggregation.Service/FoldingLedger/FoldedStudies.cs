using System.Collections.Concurrent;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>
/// Every study as folded and stored, in memory. What is here was committed; what another process committed meanwhile is
/// read from the database by <see cref="CatchUpAsync"/>.
/// </summary>
internal sealed partial class FoldedStudies(
    StoredFold stored, FoldCheckpoints checkpoints, VersionLog versions, FoldReport report, ILogger<FoldedStudies> log)
{
    private readonly ConcurrentDictionary<string, FoldedStudy> _studies = new();

    /// <summary>The study, empty when nothing of it was folded.</summary>
    public FoldedStudy Of(string study) => _studies.GetValueOrDefault(study) ?? FoldedStudy.Empty(study);

    public void Set(FoldedStudy study)
    {
        _studies[study.State.Study] = study;
        checkpoints.Keep(study with { Recorded = null });
        report.SizeIs(study.State.Study, study.Size);
    }

    /// <summary>Refolds everything stored, once, and compares it with the versions recorded before.</summary>
    public async Task LoadAsync(CancellationToken token)
    {
        if (report.Loaded) return;
        foreach (var head in await versions.HeadsAsync(token))
        {
            await CatchUpAsync(head.Study, token);
            CompareWithRecorded(Of(head.Study));
        }

        report.HasLoaded();
    }

    /// <summary>Folds what the database has beyond the memory.</summary>
    /// <returns>True when that was anything.</returns>
    public Task<bool> CatchUpAsync(string study, CancellationToken token) => FoldOnAsync(Of(study), token);

    /// <summary>Folds anew what another process has replaced by a rebuild.</summary>
    /// <returns>True when the version in memory is recorded elsewhere by now.</returns>
    public async Task<bool> CatchUpWithRebuildAsync(string study, CancellationToken token)
    {
        var before = Of(study);
        var recorded = await versions.ReadAsync(study, before.Size, token);
        return recorded?.Place != before.Recorded?.Place && await FoldOnAsync(FoldedStudy.Empty(study), token);
    }

    private async Task<bool> FoldOnAsync(FoldedStudy before, CancellationToken token)
    {
        var folded = await stored.FoldAsync(before, long.MaxValue, token);
        if (folded.Size == before.Size) return false;
        Set(folded with { Recorded = await versions.ReadAsync(folded.State.Study, folded.Size, token) });
        return true;
    }

    private void CompareWithRecorded(FoldedStudy study)
    {
        var root = Convert.ToHexStringLower(study.Range.Root());
        if (study.Recorded?.Matrix is { } recorded && recorded.Root == root
            && recorded.Digest == Consensus.Of(study.State, root).Matrix.Digest)
            return;
        report.Unreproduced[study.State.Study] = study.Size;
        LogUnreproduced(study.State.Study, study.Size);
    }

    [LoggerMessage(LogLevel.Error, "Refolding study {Study} to version {Version} gives another root or digest than was recorded")]
    private partial void LogUnreproduced(string study, long version);
}
