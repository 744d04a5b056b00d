using JasperFx.Events.Daemon.HighWater;

namespace AlignmentMesh.EventStore;

/// <summary>
/// A sticky wake-up with a leading edge: an idle listener wakes at once, a busy one at most once per
/// <paramref name="quiet"/>. A signal given while nobody waits is kept, so none is lost.
/// </summary>
public sealed class Wake(TimeSpan quiet, TimeProvider clock) : IDaemonWakeup
{
    /// <summary>Pages of ratings instead of single ones under load, and no visible delay when idle.</summary>
    public static readonly TimeSpan DefaultQuiet = TimeSpan.FromMilliseconds(15);

    private readonly SemaphoreSlim _signal = new(0, 1);
    private long _last = clock.GetTimestamp() - (long)(quiet.TotalSeconds * clock.TimestampFrequency);

    public void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already signalled: one wake-up serves both.
        }
    }

    /// <summary>Returns after a signal or after <paramref name="timeout"/>, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        if (!await _signal.WaitAsync(timeout, token)) return;
        var rest = quiet - clock.GetElapsedTime(_last);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, clock, token);
        _last = clock.GetTimestamp();
    }

    public void Dispose() => _signal.Dispose();
}
