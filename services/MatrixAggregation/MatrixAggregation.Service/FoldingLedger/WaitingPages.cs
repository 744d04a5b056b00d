using System.Collections.Concurrent;
using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>What became of a page that came by message.</summary>
internal enum PageOutcome
{
    Folded,

    /// <summary>It held nothing new.</summary>
    Duplicate,

    /// <summary>It failed verification and was reported.</summary>
    Refused,

    /// <summary>It cannot be folded now; the next comparison of sizes brings its entries.</summary>
    LeftToFeed,
}

/// <param name="Traceparent">Trace context of its delivery.</param>
internal sealed record WaitingPage(LedgerPage Page, string? Traceparent)
{
    private readonly TaskCompletionSource<PageOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PageOutcome> Outcome => _outcome.Task;

    public void Complete(PageOutcome outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>Where deliveries wait for the one fold loop; bounded by how many the bus delivers at once.</summary>
internal sealed class WaitingPages([FromKeyedServices(Wakes.Pages)] Wake wake, IHostApplicationLifetime application)
{
    private readonly ConcurrentQueue<WaitingPage> _pages = new();

    /// <summary>Hands a signed page over and waits until it is stored or found to be of no use.</summary>
    /// <param name="token">Ends the waiting only; the broker then delivers the page again.</param>
    public async Task<PageOutcome> FoldAsync(LedgerPage page, CancellationToken token)
    {
        var waiting = new WaitingPage(page, Activity.Current?.Id);
        _pages.Enqueue(waiting);
        wake.Signal();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(token, application.ApplicationStopping);
        try
        {
            return await waiting.Outcome.WaitAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (application.ApplicationStopping.IsCancellationRequested)
        {
            // Waiting for a database that is away would hold up the stop; the next start asks for all that is missing.
            return PageOutcome.LeftToFeed;
        }
    }

    public void TakeInto(List<WaitingPage> pages)
    {
        while (_pages.TryDequeue(out var next)) pages.Add(next);
    }
}
