using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Which queue is watched, and how long a consumer may be silent.</summary>
/// <param name="Misses">Polls in a row that found what no message brought, before the broker is asked.</param>
/// <param name="Hangs">Answers in a row that the queue is not consumed, before the application is stopped.</param>
public sealed record Watched(string Name, int Misses = 3, int Hangs = 10);

/// <summary>
/// A consumer can hang for good without a word after the broker died, with a healthy bus (docs/adr/0002). A service that polls
/// for lost messages notices; the broker then says whether the queue is consumed. If it is not, again and again, the
/// application stops, and whoever supervises it starts it anew. While the broker is down, or nobody publishes, it stays.
/// </summary>
public sealed partial class ConsumerWatchdog(
    Watched queue, IConfiguration configuration, IHostApplicationLifetime application, ILogger<ConsumerWatchdog> log)
    : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Meter _meter = new(Telemetry.Prefix + "consumer-watchdog");
    private Counter<long>? _hung;
    private int _misses;
    private int _hangs;

    /// <summary>A message arrived: the consumer lives.</summary>
    public void Heard()
    {
        Volatile.Write(ref _misses, 0);
        Volatile.Write(ref _hangs, 0);
    }

    /// <summary>A poll found what no message brought. Call it at most once a poll.</summary>
    public async Task MissedAsync(CancellationToken token)
    {
        if (Interlocked.Increment(ref _misses) < queue.Misses) return;
        if (!await IsUnconsumedAsync(token))
        {
            Volatile.Write(ref _hangs, 0);
            return;
        }

        _hung ??= _meter.CreateCounter<long>("consumer.hung", "{poll}", "Polls at which a queue was not consumed");
        _hung.Add(1, new KeyValuePair<string, object?>("queue", queue.Name));
        var hangs = Interlocked.Increment(ref _hangs);
        LogHung(queue.Name, hangs, queue.Hangs);
        if (hangs >= queue.Hangs) application.StopApplication();
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _misses) < queue.Misses
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Queue {queue.Name} brings no messages; what they would have brought is polled."));

    public void Dispose() => _meter.Dispose();

    /// <summary>True when the broker answers and the queue is missing, has no consumer, or keeps its messages.</summary>
    private async Task<bool> IsUnconsumedAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            // A connection of its own: the consumer's may be the one that hangs.
            var factory = new ConnectionFactory { Uri = Bus.Broker(configuration), AutomaticRecoveryEnabled = false };
            await using var connection = await factory.CreateConnectionAsync(limit.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
            var state = await channel.QueueDeclarePassiveAsync(queue.Name, limit.Token);
            return state.ConsumerCount == 0 || state.MessageCount > 0;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return true;
        }
        catch (Exception unreachable) when (unreachable is BrokerUnreachableException or OperationInterruptedException
            or AlreadyClosedException or IOException || (unreachable is OperationCanceledException && !token.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Queue {Queue} is not consumed ({Hangs} of {Limit} times in a row); at the limit the application stops")]
    private partial void LogHung(string queue, int hangs, int limit);
}
