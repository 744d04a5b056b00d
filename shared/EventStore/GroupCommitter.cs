using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.EventStore;

/// <summary>One request waiting to be committed; <see cref="Answer"/> completes when it is durable, refused or failed.</summary>
/// <param name="Lane">Items of one lane are committed one after another, so a process never conflicts with itself.</param>
public sealed record Queued<TItem, TAnswer>(string Lane, TItem Item)
{
    public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// The one write path: many requests share one transaction (measured about 2.7 times the requests per second of one
/// transaction each, docs/adr/0004). A batch that fails is taken apart and committed one by one, so one bad request harms
/// no other.
/// </summary>
public abstract partial class GroupCommitter<TItem, TAnswer> : BackgroundService
{
    private const int MaxBatch = 64;
    private const int Capacity = 4096;
    private const int MaxTries = 4;

    private readonly ILogger _log;
    private readonly Channel<Queued<TItem, TAnswer>>[] _lanes;

    protected GroupCommitter(int writers, ILogger log)
    {
        _log = log;
        _lanes = [.. Enumerable.Range(0, writers).Select(_ => Channel.CreateBounded<Queued<TItem, TAnswer>>(Capacity))];
    }

    /// <summary>Enqueues and waits for the commit.</summary>
    /// <exception cref="CommitterBusyException">
    /// The queue is full, or nothing was heard within <see cref="Patience"/>: the caller should try again later.
    /// </exception>
    public async Task<TAnswer> CommitAsync(string lane, TItem item)
    {
        var queued = new Queued<TItem, TAnswer>(lane, item);
        var index = (uint)string.GetHashCode(lane, StringComparison.Ordinal) % (uint)_lanes.Length;
        if (!_lanes[index].Writer.TryWrite(queued)) throw new CommitterBusyException();
        try
        {
            return await queued.Answer.Task.WaitAsync(Patience);
        }
        catch (TimeoutException) when (queued.Answer.TrySetCanceled(CancellationToken.None))
        {
            // Nobody waits for it any more; if it still waits itself, it is passed over.
            throw new CommitterBusyException();
        }
    }

    /// <summary>Longest wait for an answer. A batch under way may still be committed after it; the caller's key finds out.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(10);

    /// <summary>Commits the batch in one transaction and sets every answer. Throws when the transaction failed.</summary>
    protected abstract Task SaveAsync(IReadOnlyList<Queued<TItem, TAnswer>> batch, CancellationToken token);

    /// <summary>Forgets what was remembered of the batch's streams, and says whether it is worth trying again (a conflict).</summary>
    protected abstract bool Forget(IReadOnlyList<Queued<TItem, TAnswer>> batch, Exception failure);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_lanes.Select(lane => Task.Run(() => DrainAsync(lane.Reader, stoppingToken), stoppingToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes) lane.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        foreach (var lane in _lanes)
            while (lane.Reader.TryRead(out var left)) left.Answer.TrySetException(new CommitterBusyException());
    }

    private async Task DrainAsync(ChannelReader<Queued<TItem, TAnswer>> lane, CancellationToken token)
    {
        var batch = new List<Queued<TItem, TAnswer>>(MaxBatch);
        while (await lane.WaitToReadAsync(token))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && lane.TryRead(out var next))
                if (!next.Answer.Task.IsCompleted) batch.Add(next);
            if (batch.Count == 0) continue;
            if (await TrySaveAsync(batch, isLast: false, token)) continue;
            foreach (var one in batch.Where(item => !item.Answer.Task.IsCompleted)) await SaveAloneAsync(one, token);
        }
    }

    private async Task SaveAloneAsync(Queued<TItem, TAnswer> item, CancellationToken token)
    {
        List<Queued<TItem, TAnswer>> alone = [item];
        for (var attempt = 1; attempt <= MaxTries; attempt++)
            if (await TrySaveAsync(alone, isLast: attempt == MaxTries, token)) return;
    }

    /// <returns>True when every answer is set; false when the items are worth another try, one by one.</returns>
    private async Task<bool> TrySaveAsync(List<Queued<TItem, TAnswer>> batch, bool isLast, CancellationToken token)
    {
        try
        {
            await SaveAsync(batch, token);
            return true;
        }
        // Whatever failed, someone waits for an answer: it is handed to the caller or tried again, never dropped.
        catch (Exception failure)
        {
            if (Forget(batch, failure) && !isLast) return false;
            LogFailed(batch.Count, failure);
            foreach (var item in batch) item.Answer.TrySetException(failure);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Error, "A batch of {Count} requests was not committed")]
    private partial void LogFailed(int count, Exception failure);
}

/// <summary>Too many requests wait for a commit.</summary>
public sealed class CommitterBusyException() : Exception("Too many requests wait to be committed.");
