using System.Collections.Concurrent;
using System.Diagnostics;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>What to start: a program with its arguments, as whom, and where.</summary>
internal sealed record Launch(string File, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables whose names start so are not passed on: they would turn a private server into the system's own.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    public Account? As { get; init; }

    /// <summary>Asks the process to stop; also sent by the kernel when this process dies, however it dies.</summary>
    public int StopSignal { get; init; } = Posix.Terminate;

    /// <summary>Run after the process was killed, for what a signal to it does not reach.</summary>
    public IReadOnlyList<string> AfterKill { get; init; } = [];

    /// <summary>
    /// Starts it in a session of its own, so that Ctrl-C in a terminal reaches only us and we stop the parts in order.
    /// The kernel counts the starting thread as the parent, so that thread must live as long as this process does.
    /// </summary>
    public Process Start() => Starter.Run(() =>
    {
        var start = StartInfo();
        return Process.Start(start) ?? throw new LocalMeshException($"{File} did not start.");
    });

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var deathSignal = StopSignal == Posix.Interrupt ? "INT" : "TERM";
        // What the program writes is for its owner only, whatever the caller's umask says.
        string[] wrapped =
            ["sh", "-c", "umask 077; exec setpriv \"$@\"", "sh", .. Identity(), "--pdeathsig", deathSignal, "--", File, .. Arguments];
        foreach (var argument in wrapped)
            start.ArgumentList.Add(argument);
        var withheld = start.Environment.Keys.Where(name => Withheld.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        foreach (var name in withheld.ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    private string[] Identity() => As is null ? [] : [$"--reuid={As.UserId}", $"--regid={As.GroupId}", "--init-groups"];

    /// <summary>Runs a short command to its end.</summary>
    /// <exception cref="LocalMeshException">It ended with another code than 0; the message has its last lines.</exception>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        using var process = Start();
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode == 0)
                return await output;
            var said = (await output + await errors).Trim();
            throw new LocalMeshException($"{File} {string.Join(' ', Arguments.Take(2))} ended with code {process.ExitCode}: {Tail(said)}");
        }
        catch (OperationCanceledException)
        {
            Posix.KillGroup(process.Id);
            throw;
        }
    }

    private static string Tail(string text) => text.Length <= 2000 ? text : "..." + text[^2000..];

    private static class Starter
    {
        private static readonly BlockingCollection<Action> Work = Begin();

        public static Process Run(Func<Process> start)
        {
            var result = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
            Work.Add(() =>
            {
                try
                {
                    result.SetResult(start());
                }
                catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or LocalMeshException)
                {
                    result.SetException(new LocalMeshException(
                        $"A program cannot be started (setsid and setpriv of util-linux are needed): {e.Message}", e));
                }
            });
            return result.Task.GetAwaiter().GetResult();
        }

        private static BlockingCollection<Action> Begin()
        {
            var work = new BlockingCollection<Action>();
            new Thread(() =>
            {
                foreach (var action in work.GetConsumingEnumerable())
                    action();
            })
            { IsBackground = true, Name = "process starter" }.Start();
            return work;
        }
    }
}
