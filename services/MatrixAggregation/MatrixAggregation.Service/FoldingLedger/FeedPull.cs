namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Fetches what is missing from intake: the one way for a start, a gap and a rebuild.</summary>
internal sealed class FeedPull(FoldedStudies studies, LedgerFeed feed, PageKey key, PageStorer storer, FoldReport report)
{
    /// <summary>Fetches and stores pages until the study has <paramref name="until"/> entries.</summary>
    /// <param name="maxPages">Stop after so many, to let other work through.</param>
    /// <returns>True when the study has that many; false when the feed cannot be asked, gives nothing usable, or pages are left.</returns>
    public async Task<bool> PullAsync(string study, long until, int maxPages, CancellationToken token)
    {
        for (var pages = 0; studies.Of(study).Size < until; pages++)
        {
            if (!report.FeedReachable || pages == maxPages) return false;
            if (!await PullPageAsync(study, token)) return false;
        }

        return true;
    }

    private async Task<bool> PullPageAsync(string study, CancellationToken token)
    {
        Contracts.LedgerPage? page = null;
        try
        {
            page = await feed.EntriesAsync(study, studies.Of(study).Size, token);
            if (page.Entries.Count == 0) return false;
            PageCheck.RequireShape(page);
            key.RequireSignature(page.Head);
            if (page.Study != study || page.From > studies.Of(study).Size)
                throw new PageRefusedException(RefusalReason.Malformed, $"The page from {page.From} is not the one that was asked for.");
            if (page.Head.Size > studies.Of(study).Size) await storer.StoreAsync(page, PageSource.Feed, cause: null, token);
            return true;
        }
        catch (PageRefusedException refused)
        {
            report.Refused(PageSource.Feed, page, refused);
            return false;
        }
        catch (FeedUnreachableException unreachable)
        {
            report.FeedFailed(unreachable);
            return false;
        }
    }
}
