using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>
/// Asks intake for its ledgers' sizes, so that a lost message costs seconds and not correctness. What was there at the
/// comparison before and still is not folded no message will bring; the newest entries are left to their messages.
/// </summary>
internal sealed class SizeComparison(
    LedgerFeed feed, FeedTargets targets, FoldReport report, ConsumerWatchdog watchdog, [FromKeyedServices(Wakes.Pages)] Wake pages,
    TimeProvider clock, ILogger<SizeComparison> log) : BackgroundLoop(new Wake(TimeSpan.Zero, clock), Period, clock, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private Dictionary<string, long>? _before;

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        try
        {
            var sizes = (await feed.HeadsAsync(token)).Heads.ToDictionary(head => head.Study, head => head.Size);
            report.FeedAnswered();
            foreach (var (study, size) in sizes)
            {
                report.LedgerSeen(study, size);
                // After a start everything is fetched at once.
                var known = _before is null ? size : _before.GetValueOrDefault(study);
                if (known > 0) targets.Raise(study, known);
            }

            _before = sizes;
            pages.Signal();
            if (report.TakeMissedMessages()) await watchdog.MissedAsync(token);
        }
        catch (FeedUnreachableException unreachable)
        {
            report.FeedFailed(unreachable);
        }

        return false;
    }
}
