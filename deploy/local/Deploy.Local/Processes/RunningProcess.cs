using System.Diagnostics;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>One run of a part: the process, its group, and the copying of what it prints.</summary>
internal sealed class RunningProcess
{
    private readonly Process _process;
    private readonly Launch _launch;
    private readonly RunRecord _record;

    private RunningProcess(Process process, Launch launch, RunRecord record, BoundedLog log)
    {
        _process = process;
        _launch = launch;
        _record = record;
        Id = process.Id;
        _process.StandardInput.Close();
        var output = CopyAsync(process.StandardOutput, log);
        var errors = CopyAsync(process.StandardError, log);
        Exited = WaitAsync(output, errors);
    }

    public int Id { get; }

    /// <summary>Ends with the exit code once the process is gone (128 + signal when a signal ended it).</summary>
    public Task<int> Exited { get; }

    public static RunningProcess Start(string part, Launch launch, RunRecord record, BoundedLog log)
    {
        var process = launch.Start();
        if (ProcessIdentity.Of(part, process.Id, launch.StopSignal) is { } identity)
            record.Add(identity);
        return new RunningProcess(process, launch, record, log);
    }

    /// <summary>SIGKILL to the process and everything in its group.</summary>
    public async Task KillAsync()
    {
        if (Exited.IsCompleted)
            return;
        Posix.KillGroup(Id);
        await Exited;
        if (_launch.AfterKill is { Count: > 0 } command)
            await new Launch(command[0], [.. command.Skip(1)], _launch.WorkingDirectory).RunAsync(default);
    }

    /// <summary>Asks it to stop, and kills it if it has not within the limit.</summary>
    public async Task StopAsync(TimeSpan limit, TimeProvider clock)
    {
        Posix.Signal(Id, _launch.StopSignal);
        if (await Task.WhenAny(Exited, Task.Delay(limit, clock)) != Exited)
            await KillAsync();
        await Exited;
    }

    private async Task<int> WaitAsync(Task output, Task errors)
    {
        await _process.WaitForExitAsync();
        // A shell that ran the real server may be gone before it.
        Posix.Signal(-Id, Posix.Kill);
        // PostgreSQL's children have groups of their own; until the last is gone nothing can be started on their data again.
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(15)));
        _record.Remove(Id);
        var code = _process.ExitCode;
        _process.Dispose();
        return code;
    }

    private static async Task CopyAsync(StreamReader from, BoundedLog to)
    {
        try
        {
            while (await from.ReadLineAsync() is { } line)
                to.Add(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe went with the process.
        }
    }
}
