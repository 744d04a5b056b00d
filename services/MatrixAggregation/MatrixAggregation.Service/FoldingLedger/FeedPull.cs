using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Fetches what is missing from intake: the one way for a start, a gap and a rebuild.</summary>
internal sealed class FeedPull(FoldedStudies studies, LedgerFeed feed, PageKey key, PageStorer storer, FoldReport report)
{
    // Of many pages at once nobody saw the versions in between; any of them can still be computed.
    private const int PagesPerVersion = 16;

    /// <summary>Fetches and stores pages until the study has <paramref name="until"/> entries.</summary>
    /// <param name="maxPages">Stop after so many, to let other work through.</param>
    /// <returns>True when the study has that many; false when the feed cannot be asked, gives nothing usable, or pages are left.</returns>
    public async Task<bool> PullAsync(string study, long until, int maxPages, CancellationToken token)
    {
        var left = maxPages;
        var pages = await FetchAsync(study, studies.Of(study).Size, until, left, token);
        while (pages.Count > 0)
        {
            left -= pages.Count;
            // Intake reads the next pages while these are folded.
            var coming = FetchAsync(study, pages[^1].Head.Size, until, left, token);
            var storing = StoreAsync(pages, token);
            await Task.WhenAll(storing, coming);
            if (!await storing) return false;
            pages = await coming;
            // Another process stored first, and less.
            if (pages is [var first, ..] && first.From > studies.Of(study).Size) return false;
        }

        return studies.Of(study).Size >= until;
    }

    /// <summary>Pages that follow each other, each as intake signed it; fewer where one is not, or the feed cannot be asked.</summary>
    private async Task<List<LedgerPage>> FetchAsync(string study, long from, long until, int atMost, CancellationToken token)
    {
        var pages = new List<LedgerPage>();
        LedgerPage? page = null;
        try
        {
            for (; from < until && pages.Count < Math.Min(atMost, PagesPerVersion) && report.FeedReachable; from = page.Head.Size)
            {
                page = null;
                page = await feed.EntriesAsync(study, from, token);
                if (page.Entries.Count == 0) break;
                PageCheck.RequireShape(page);
                key.RequireSignature(page.Head);
                if (page.Study != study || page.From != from)
                    throw new PageRefusedException(
                        RefusalReason.Malformed, $"The page from {page.From} is not the one that was asked for.");
                pages.Add(page);
            }
        }
        catch (PageRefusedException refused)
        {
            report.Refused(PageSource.Feed, page, refused);
        }
        catch (FeedUnreachableException unreachable)
        {
            report.FeedFailed(unreachable);
        }

        return pages;
    }

    /// <summary>Stores the pages as one version; where they cannot be, one by one as far as they go.</summary>
    private async Task<bool> StoreAsync(List<LedgerPage> pages, CancellationToken token)
    {
        var joined = pages[0] with { Entries = [.. pages.SelectMany(page => page.Entries)], Head = pages[^1].Head };
        try
        {
            if (joined.Head.Size > studies.Of(joined.Study).Size) await storer.StoreAsync(joined, PageSource.Feed, cause: null, token);
            return true;
        }
        catch (PageRefusedException) when (pages.Count > 1)
        {
            foreach (var page in pages)
                if (!await StoreAsync([page], token)) return false;
            return true;
        }
        catch (PageRefusedException refused)
        {
            report.Refused(PageSource.Feed, joined, refused);
            return false;
        }
        catch (FeedUnreachableException unreachable)
        {
            report.FeedFailed(unreachable);
            return false;
        }
    }
}
