using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults.Operations;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

/// <summary>
/// Rebuilds a study beside the running state: reads and the fold go on, until for a moment the fold stands still while what
/// differs is replaced. One rebuild at a time, since it takes a processor.
/// </summary>
internal sealed class StudyRebuild(
    PageFolder folder, LedgerFeed feed, PageKey key, FoldedEntries stored, IDocumentStore store, NpgsqlDataSource database,
    VersionLog versions, StudyReplacement replacement, FoldTurn turn, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _one = new(1);

    /// <param name="tell">Gets lines of progress, and the last one.</param>
    /// <returns>The last line.</returns>
    /// <exception cref="ServiceDefaults.ProblemException">Unknown study, or a rebuild is running.</exception>
    public async Task<RebuildLine> RunAsync(
        string study, RebuildRequest request, Func<RebuildLine, Task> tell, CancellationToken token)
    {
        if (await versions.HeadAsync(study, token) is not { } head) throw MatrixProblems.Study(study);
        if (!await _one.WaitAsync(0, token))
            throw new ServiceDefaults.ProblemException(OperationProblems.Running, "A rebuild is running in this process.");
        var run = new Run(clock, head.Version, new SideFold(
            study, request.Force, folder, feed, key, stored, new RecordedHistory(store, database, study)));
        try
        {
            var last = await FoldAsync(run, head, request, tell, token);
            await tell(last);
            return last;
        }
        catch (Exception failure) when (failure is PageRefusedException or FeedUnreachableException)
        {
            var last = run.Line("failed", failure.Message);
            await tell(last);
            return last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<RebuildLine> FoldAsync(
        Run run, MatrixHead head, RebuildRequest request, Func<RebuildLine, Task> tell, CancellationToken token)
    {
        var told = clock.GetTimestamp();
        await tell(run.Line("folding"));
        while (run.Fold.Folded.Size < head.Version)
        {
            await run.Fold.FoldPageAsync(head, token);
            if (clock.GetElapsedTime(told) < BetweenLines) continue;
            told = clock.GetTimestamp();
            await tell(run.Line("folding"));
        }

        run.Folded();
        var isDifferent = run.Fold.IsDifferent || run.Fold.Entries.Count > 0;
        if (request.DryRun || !(isDifferent || request.Force)) return run.Line(isDifferent ? "different" : "equal");
        using var mine = await turn.TakeAsync(token);
        // What the running fold stored meanwhile is folded here too, now that it stands still.
        while (await versions.HeadAsync(run.Study, token) is { } now && run.Fold.Folded.Size < now.Version)
            await run.Fold.FoldPageAsync(now, token);
        await replacement.ReplaceAsync(run.Fold, token);
        return run.Line("replaced");
    }

    private sealed class Run(TimeProvider clock, long until, SideFold fold)
    {
        private readonly long _started = clock.GetTimestamp();
        private TimeSpan? _took;

        public SideFold Fold => fold;

        public string Study => fold.Folded.State.Study;

        public void Folded() => _took = clock.GetElapsedTime(_started);

        public RebuildLine Line(string state, string? detail = null)
        {
            var seconds = (_took ?? clock.GetElapsedTime(_started)).TotalSeconds;
            return new RebuildLine(
                Study, state, fold.Folded.Size, Math.Max(until, fold.Folded.Size), fold.Versions, Math.Round(seconds, 3),
                Math.Round(fold.Folded.Size / Math.Max(seconds, 0.001)), fold.Entries.Count, fold.DifferentVersions,
                fold.FirstDifference, fold.Matrix?.Root, fold.Matrix?.Digest, detail);
        }
    }
}
