using System.Globalization;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>
/// A server or service of the mesh: started, watched until ready,
/// started again when it ends by itself, stopped when asked.
/// </summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private readonly Func<Launch> _launch;
    private readonly Func<CancellationToken, Task<bool>> _isReady;
    private readonly Supervision _supervision;
    private readonly BoundedLog _log;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private CancellationTokenSource _life = new();
    private RunningProcess? _running;
    private Task _watch = Task.CompletedTask;

    internal SupervisedProcess(string name, Func<Launch> launch, Func<CancellationToken, Task<bool>> isReady, Supervision supervision)
    {
        (Name, _launch, _isReady, _supervision) = (name, launch, isReady, supervision);
        LogFile = Path.Combine(supervision.Directory.Logs, name + ".log");
        _log = new BoundedLog(LogFile);
    }

    public string Name { get; }
    public string LogFile { get; }
    public PartState State { get; private set; } = PartState.Stopped;

    /// <summary>How often it was started again after it ended by itself.</summary>
    public int Restarts { get; private set; }

    public int? ProcessId => _running is { Exited.IsCompleted: false } running ? running.Id : null;

    /// <summary>The last lines it printed.</summary>
    public string RecentLines => _log.Tail();

    /// <exception cref="LocalMeshException">It ended, or was not ready in time; the message has the last lines of its log.</exception>
    public Task StartAsync(CancellationToken ct = default) => ExclusivelyAsync(async () =>
    {
        if (_running is { Exited.IsCompleted: false } running)
        {
            // Its supervision may be starting it again.
            if (State != PartState.Ready)
                await WaitUntilReadyAsync(running, ct);
            return;
        }
        await EndLifeAsync();
        _life = new CancellationTokenSource();
        await LaunchAsync(ct);
        _watch = WatchAsync(_life.Token);
    }, ct);

    /// <summary>Asks it to stop, kills it if it does not within the limit.</summary>
    public Task StopAsync() => ExclusivelyAsync(async () =>
    {
        await EndLifeAsync();
        if (_running is { Exited.IsCompleted: false } running)
        {
            Report(PartState.Stopping, "");
            await running.StopAsync(_supervision.StopLimit, _supervision.Clock);
        }
        Report(PartState.Stopped, "");
    });

    /// <summary>Kills it (SIGKILL) and leaves it dead until it is started again.</summary>
    public Task KillAsync() => ExclusivelyAsync(async () =>
    {
        await EndLifeAsync();
        if (_running is { } running)
            await running.KillAsync();
        Report(PartState.Stopped, "killed");
    });

    /// <summary>Kills it (SIGKILL) behind the supervision's back, which will start it again.</summary>
    public Task CrashAsync() => _running?.KillAsync() ?? Task.CompletedTask;

    public async Task RestartAsync(CancellationToken ct = default)
    {
        await StopAsync();
        await StartAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _log.Dispose();
        _life.Dispose();
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        Report(PartState.Starting, "");
        var running = _running = RunningProcess.Start(Name, _launch(), _supervision.Record, _log);
        try
        {
            await WaitUntilReadyAsync(running, ct);
        }
        catch (Exception)
        {
            await running.KillAsync();
            Report(PartState.Stopped, "not started");
            throw;
        }
        Report(PartState.Ready, "");
    }

    private async Task WaitUntilReadyAsync(RunningProcess running, CancellationToken ct)
    {
        var begun = _supervision.Clock.GetTimestamp();
        while (!await _isReady(ct))
        {
            if (running.Exited.IsCompleted)
                throw new LocalMeshException(
                    $"{Name} ended with code {await running.Exited} before it was ready. Its last lines:\n{_log.Tail()}");
            if (_supervision.Clock.GetElapsedTime(begun) > _supervision.ReadyLimit)
                throw new LocalMeshException(
                    $"{Name} was not ready within {_supervision.ReadyLimit.TotalSeconds:0} s. Its last lines:\n{_log.Tail()}");
            await Task.WhenAny(running.Exited, Task.Delay(TimeSpan.FromMilliseconds(100), _supervision.Clock, ct));
        }
    }

    private async Task WatchAsync(CancellationToken life)
    {
        var failures = 0;
        while (true)
        {
            var readyAt = _supervision.Clock.GetTimestamp();
            if (await Task.WhenAny(_running!.Exited, Task.Delay(Timeout.Infinite, life)) != _running.Exited || life.IsCancellationRequested)
                return;
            failures = _supervision.Clock.GetElapsedTime(readyAt) > _supervision.Restarts.Steady ? 1 : failures + 1;
            if (!await TryAgainAsync(failures, life))
                return;
        }
    }

    private async Task<bool> TryAgainAsync(int failures, CancellationToken life)
    {
        var code = (await _running!.Exited).ToString(CultureInfo.InvariantCulture);
        if (failures > _supervision.Restarts.Limit)
        {
            Report(PartState.Failed, $"ended with code {code}, {failures} times in a row; given up. See {LogFile}");
            return false;
        }
        var pause = _supervision.Restarts.PauseAfter(failures);
        Report(PartState.Restarting,
            string.Create(CultureInfo.InvariantCulture, $"ended with code {code}; again in {pause.TotalSeconds:0.#} s"));
        try
        {
            await Task.Delay(pause, _supervision.Clock, life);
            Restarts++;
            await LaunchAsync(life);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (LocalMeshException)
        {
            // The process has ended; the next round of the watch counts it.
        }
        return true;
    }

    private async Task EndLifeAsync()
    {
        await _life.CancelAsync();
        await _watch;
    }

    private async Task ExclusivelyAsync(Func<Task> action, CancellationToken ct = default)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            await action();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private void Report(PartState state, string detail)
    {
        State = state;
        _supervision.Progress.Report(new MeshStep(Name, state, detail));
    }
}
