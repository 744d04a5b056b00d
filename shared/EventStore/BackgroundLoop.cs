using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.EventStore;

/// <summary>
/// A background loop that works until there is nothing left, then waits for a wake-up or a poll. A failed pass is logged,
/// counted and tried again after a pause; the position it works from is stored, so nothing is skipped.
/// </summary>
public abstract partial class BackgroundLoop(Wake wake, TimeSpan poll, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Passes that failed since the last good one; health checks read it.</summary>
    public int Failures { get; private set; }

    /// <summary>One bounded piece of work.</summary>
    /// <returns>True when more is waiting.</returns>
    protected abstract Task<bool> PassAsync(CancellationToken token);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var more = await PassAsync(stoppingToken);
                Failures = 0;
                if (!more) await wake.WaitAsync(poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // A loop that ends would fail silently; whatever went wrong, it is reported and the pass is made again.
            catch (Exception failure)
            {
                Failures++;
                LogFailed(GetType().Name, Failures, failure);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Loop} failed {Failures} times in a row and tries again")]
    private partial void LogFailed(string loop, int failures, Exception failure);
}
