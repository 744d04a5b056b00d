using Microsoft.Extensions.Hosting;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// Looks at the service's queue every few seconds, whether messages come or not: for the metrics, and so that a queue that
/// is gone, has no leader or no consumer does not stay so because nobody rates just now.
/// </summary>
internal sealed class QueueWatch(
    Watched queue, QueueProbe probe, QueueMetrics metrics, ConsumerWatchdog watchdog, TimeProvider clock) : BackgroundService
{
    /// <summary>Beside its queue, where MassTransit puts what failed and what nobody knew; both appear with the first message.</summary>
    private readonly string[] _beside = [queue.Name + "_error", queue.Name + "_skipped"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(queue.Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var states = await probe.AskAsync([queue.Name, .. _beside], stoppingToken);
                metrics.Seen(states?.Where(state => state.Key == queue.Name || !state.Value.IsMissing).ToDictionary());
                await watchdog.SeenAsync(states?[queue.Name], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }
}
