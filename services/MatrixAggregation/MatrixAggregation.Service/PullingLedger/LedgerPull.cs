using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

namespace AlignmentMesh.MatrixAggregation.Service.PullingLedger;

/// <summary>Asks the fold loop to fetch what is missing now, and waits for it. The loop does so by itself seconds later.</summary>
internal sealed class LedgerPull(
    LedgerFeed feed, FeedTargets targets, FoldedStudies studies, [FromKeyedServices(Wakes.Pages)] Wake fold, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <exception cref="FeedUnreachableException">Intake does not answer.</exception>
    public async Task<StudiesPulled> PullAsync(bool dryRun, CancellationToken token)
    {
        var behind = (await feed.HeadsAsync(token)).Heads.Where(head => head.Size > studies.Of(head.Study).Size)
            .Select(head => new PulledStudy(head.Study, studies.Of(head.Study).Size, head.Size, studies.Of(head.Study).Size)).ToArray();
        if (!dryRun)
        {
            foreach (var study in behind) targets.Raise(study.Study, study.Target);
            fold.Signal();
            await WaitAsync(behind, token);
        }

        return new StudiesPulled(
            MatrixTracing.Service, dryRun, [.. behind.Select(study => study with { After = studies.Of(study.Study).Size })]);
    }

    private async Task WaitAsync(PulledStudy[] behind, CancellationToken token)
    {
        var started = clock.GetTimestamp();
        while (behind.Any(study => studies.Of(study.Study).Size < study.Target) && clock.GetElapsedTime(started) < Patience)
            await Task.Delay(Look, clock, token);
    }
}
