using System.Diagnostics;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>One run of a part: the process, its group, and the copying of what it prints.</summary>
internal sealed class RunningProcess
{
    private readonly Process _process;
    private readonly RunRecord _record;

    private RunningProcess(Process process, RunRecord record, BoundedLog log)
    {
        _process = process;
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
        return new RunningProcess(process, record, log);
    }

    /// <summary>SIGKILL to the process and everything in its group.</summary>
    public void Kill() => Posix.Signal(-Id, Posix.Kill);

    public void Ask(int signal) => Posix.Signal(Id, signal);

    private async Task<int> WaitAsync(Task output, Task errors)
    {
        await _process.WaitForExitAsync();
        // A shell that ran the real server may be gone before it.
        Kill();
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(2)));
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
