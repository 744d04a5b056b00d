using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>
/// The one loop of a process that folds: takes all waiting pages in ledger order, and fetches from the feed what messages
/// did not bring. Pages wait here while the database cannot be reached; nothing is acknowledged before it is stored.
/// </summary>
internal sealed class FoldLoop(
    WaitingPages pages, FoldedStudies studies, PageStorer storer, FeedPull feed, FeedTargets targets, FoldReport report,
    FoldTurn turn, MatrixMetrics metrics, ConsumerWatchdog watchdog, [FromKeyedServices(Wakes.Pages)] Wake wake, TimeProvider clock,
    ILogger<FoldLoop> log)
    : BackgroundLoop(wake, Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    // A page that overtook another is usually followed by it at once, which is cheaper than asking the feed.
    private static readonly TimeSpan HoleWait = TimeSpan.FromMilliseconds(50);
    private const int PagesPerPass = 16;

    private readonly Wake _wake = wake;
    private readonly TimeProvider _clock = clock;
    private readonly List<WaitingPage> _waiting = [];

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        using var mine = await turn.TakeAsync(token);
        await studies.LoadAsync(token);
        pages.TakeInto(_waiting);
        await WaitForHolesAsync(token);
        foreach (var waiting in _waiting.OrderBy(waiting => waiting.Page.From).ToArray())
        {
            waiting.Complete(await FoldAsync(waiting, token));
            _waiting.Remove(waiting);
        }

        return await PullAsync(token);
    }

    private async Task<PageOutcome> FoldAsync(WaitingPage waiting, CancellationToken token)
    {
        var page = waiting.Page;
        try
        {
            // Another process may store first; each round trip then makes the study larger, so this ends.
            while (page.Head.Size > studies.Of(page.Study).Size)
            {
                var size = studies.Of(page.Study).Size;
                if (page.From > size || PageCheck.IsSealed(page))
                {
                    if (!await feed.PullAsync(page.Study, page.From > size ? page.From : page.Head.Size, int.MaxValue, token))
                        return PageOutcome.LeftToFeed;
                }
                else if (await storer.StoreAsync(page, PageSource.Message, waiting.Traceparent, token))
                {
                    return PageOutcome.Folded;
                }
            }

            metrics.Duplicate();
            return PageOutcome.Duplicate;
        }
        catch (PageRefusedException refused)
        {
            report.Refused(PageSource.Message, page, refused);
            return PageOutcome.Refused;
        }
        catch (FeedUnreachableException unreachable)
        {
            report.FeedFailed(unreachable);
            return PageOutcome.LeftToFeed;
        }
    }

    /// <returns>True when pages are left to fetch.</returns>
    private async Task<bool> PullAsync(CancellationToken token)
    {
        var more = false;
        foreach (var (study, size) in targets.All())
        {
            if (studies.Of(study).Size >= size) continue;
            // Where several processes run, another one may have folded it already.
            if (await studies.CatchUpAsync(study, token)) watchdog.Heard();
            var before = studies.Of(study).Size;
            var done = await feed.PullAsync(study, size, PagesPerPass, token);
            if (studies.Of(study).Size == before) continue;
            report.MissedMessages();
            more |= !done;
        }

        return more;
    }

    private async Task WaitForHolesAsync(CancellationToken token)
    {
        var started = _clock.GetTimestamp();
        while (HasHole() && HoleWait - _clock.GetElapsedTime(started) is { Ticks: > 0 } rest)
        {
            await _wake.WaitAsync(rest, token);
            pages.TakeInto(_waiting);
        }
    }

    /// <summary>True when a waiting page starts beyond what is folded and what the pages before it bring.</summary>
    private bool HasHole() => _waiting
        .GroupBy(waiting => waiting.Page.Study)
        .Any(group => HasHole(studies.Of(group.Key).Size, group.Select(waiting => waiting.Page)));

    private static bool HasHole(long size, IEnumerable<LedgerPage> pages)
    {
        foreach (var page in pages.OrderBy(page => page.From))
        {
            if (page.From > size) return true;
            size = Math.Max(size, page.Head.Size);
        }

        return false;
    }
}
