using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Which queue is watched, and how long a consumer may be silent.</summary>
/// <param name="Misses">Polls in a row that found what no message brought, before the broker is asked.</param>
/// <param name="Hangs">Answers in a row that the queue is not consumed, before the application is stopped.</param>
/// <param name="Losses">Looks in a row that found the queue missing, leaderless or without consumer, before the same.</param>
public sealed record Watched(string Name, int Misses = 3, int Hangs = 10, int Losses = 6)
{
    /// <summary>From one look at the queue to the next.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// A consumer can hang for good without a word after the broker died, with a healthy bus (docs/adr/0002). A service that polls
/// for lost messages notices; the broker then says whether the queue is consumed. If it is not, again and again, the
/// application stops, and whoever supervises it starts it anew. The same when the queue itself is lost, messages or not: a start
/// declares it. A queue that nobody leads would outlast any start; it is removed, with messages that polling brings anyway, and the
/// bus declares it again. While the broker is down the application stays.
/// </summary>
public sealed partial class ConsumerWatchdog(
    Watched queue, QueueProbe probe, IHostApplicationLifetime application, ILogger<ConsumerWatchdog> log)
    : IHealthCheck, IDisposable
{
    private readonly WatchdogMetrics _metrics = new();
    private int _misses;
    private int _hangs;
    private int _losses;

    /// <summary>A message arrived: the consumer lives.</summary>
    public void Heard()
    {
        Volatile.Write(ref _misses, 0);
        Volatile.Write(ref _hangs, 0);
    }

    /// <summary>A poll found what no message brought. Call it at most once a poll.</summary>
    public async Task MissedAsync(CancellationToken token)
    {
        if (Interlocked.Increment(ref _misses) < queue.Misses || IsStopping) return;
        // Null when the broker does not answer.
        var state = (await probe.AskAsync([queue.Name], token))?[queue.Name];
        if (state is not { IsLost: true } and not { Messages: > 0 })
        {
            Volatile.Write(ref _hangs, 0);
            return;
        }

        _metrics.Hung(queue.Name);
        var hangs = Interlocked.Increment(ref _hangs);
        LogHung(queue.Name, hangs, queue.Hangs);
        if (hangs >= queue.Hangs) await ActAsync(state, token);
    }

    /// <summary>A look at the queue; null when the broker does not answer, which no restart of ours can mend.</summary>
    public async Task SeenAsync(QueueFinding? state, CancellationToken token)
    {
        if (state?.IsLost != true || IsStopping)
        {
            Volatile.Write(ref _losses, 0);
            return;
        }

        var losses = Interlocked.Increment(ref _losses);
        _metrics.Lost(queue.Name);
        LogLost(queue.Name, state.IsMissing, state.IsLeaderless, state.Consumers, losses, queue.Losses);
        if (losses >= queue.Losses) await ActAsync(state, token);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _misses) < queue.Misses
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Queue {queue.Name} brings no messages; what they would have brought is polled."));

    public void Dispose() => _metrics.Dispose();

    private bool IsStopping => application.ApplicationStopping.IsCancellationRequested;

    private async Task ActAsync(QueueFinding state, CancellationToken token)
    {
        if (!state.IsLeaderless)
        {
            application.StopApplication();
            return;
        }

        if (!await probe.RemoveAsync(queue.Name, token)) return;
        LogRemoved(queue.Name);
        (_hangs, _losses) = (0, 0);
    }

    [LoggerMessage(LogLevel.Error,
        "Queue {Queue} is not consumed ({Hangs} of {Limit} times in a row); at the limit it is removed if nobody leads it, or else the "
        + "application stops")]
    private partial void LogHung(string queue, int hangs, int limit);

    [LoggerMessage(LogLevel.Error,
        "Queue {Queue} is lost (missing {Missing}, leaderless {Leaderless}, {Consumers} consumers; {Losses} of {Limit} times in a row); "
        + "at the limit it is removed if nobody leads it, or else the application stops")]
    private partial void LogLost(string queue, bool missing, bool leaderless, long consumers, int losses, int limit);

    [LoggerMessage(LogLevel.Error, "Queue {Queue} had no leader and was removed; what its messages would have brought is polled")]
    private partial void LogRemoved(string queue);
}

/// <summary>What the watchdog saw. Labels are names of queues.</summary>
internal sealed class WatchdogMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + "consumer-watchdog");
    private readonly Counter<long> _hung;
    private readonly Counter<long> _lost;

    public WatchdogMetrics()
    {
        _hung = _meter.CreateCounter<long>("consumer.hung", "{poll}", "Polls at which a queue was not consumed");
        _lost = _meter.CreateCounter<long>("consumer.lost", "{poll}", "Looks at a queue that was missing, leaderless or without consumer");
    }

    public void Hung(string queue) => _hung.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void Lost(string queue) => _lost.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void Dispose() => _meter.Dispose();
}
