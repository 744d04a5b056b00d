using System.Globalization;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>The stages of a run: announced, timed, and kept with how they ended.</summary>
internal sealed class Stages(Shell shell)
{
    private readonly long _begun = shell.Clock.GetTimestamp();
    private readonly List<DemoStage> _done = [];

    public IReadOnlyList<DemoStage> Done => _done;

    public bool AllOk => _done.TrueForAll(stage => stage.Ok);

    public async Task<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        var begun = shell.Clock.GetTimestamp();
        var ok = false;
        try
        {
            var result = await work();
            ok = true;
            return result;
        }
        finally
        {
            Add(name, begun, ok);
        }
    }

    public Task RunAsync(string name, Func<Task> work) => RunAsync(name, async () =>
    {
        await work();
        return true;
    });

    public void Add(string name, long begun, bool ok)
    {
        var seconds = shell.Clock.GetElapsedTime(begun).TotalSeconds;
        _done.Add(new DemoStage(name, Math.Round(seconds, 3), ok));
        Say($"{(ok ? "ok    " : "FAILED")} {name} ({seconds.ToString("0.0", CultureInfo.InvariantCulture)} s)");
    }

    public void Say(string line)
    {
        var elapsed = shell.Clock.GetElapsedTime(_begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        shell.Say($"[{elapsed,6} s] {line}");
    }
}
