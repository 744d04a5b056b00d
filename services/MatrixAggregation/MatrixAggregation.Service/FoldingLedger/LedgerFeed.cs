using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Polly;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Intake's feed cannot be asked now; what is missing is fetched later.</summary>
internal sealed class FeedUnreachableException(Exception cause) : Exception("The ledger feed cannot be asked: " + cause.Message, cause);

/// <summary>Intake's ledger over HTTP: start-up, gap repair and rebuild read it alike.</summary>
internal sealed class LedgerFeed(HttpClient http)
{
    // The fold loop waits for it, and the entries of other studies wait behind.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int LargestPage = 256;

    /// <summary>The head of every study's ledger.</summary>
    public Task<LedgerHeads> HeadsAsync(CancellationToken token) => GetAsync<LedgerHeads>("api/v1/ledger", token);

    /// <summary>One page from <paramref name="from"/> on, as long as the feed makes it.</summary>
    public Task<LedgerPage> EntriesAsync(string study, long from, CancellationToken token) =>
        GetAsync<LedgerPage>($"api/v1/ledger/{Uri.EscapeDataString(study)}/entries?from={from}", token);

    /// <summary>One page of at most so many entries, as long as the feed makes it.</summary>
    public Task<LedgerPage> EntriesAsync(string study, long from, long limit, CancellationToken token) => GetAsync<LedgerPage>(
        $"api/v1/ledger/{Uri.EscapeDataString(study)}/entries?from={from}&limit={Math.Min(limit, LargestPage)}", token);

    /// <summary>All openings of a closed round from <paramref name="from"/> on.</summary>
    public async Task<IReadOnlyList<LedgerOpening>> OpeningsAsync(string study, int round, long from, CancellationToken token)
    {
        var openings = new List<LedgerOpening>();
        for (long? next = from; next is { } start;)
        {
            var page = await GetAsync<LedgerOpenings>(
                $"api/v1/ledger/{Uri.EscapeDataString(study)}/openings?round={round}&from={start}", token);
            openings.AddRange(page.Openings);
            next = page.Next > start ? page.Next : null;
        }

        return openings;
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            return await http.GetFromJsonAsync<T>(path, ContractJson.Options, limit.Token)
                ?? throw new JsonException($"The answer to {path} is null.");
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException or JsonException
            || (failure is OperationCanceledException && !token.IsCancellationRequested))
        {
            throw new FeedUnreachableException(failure);
        }
    }
}
