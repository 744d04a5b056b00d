using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Benchmarks.Pipeline.Machine;
using AlignmentMesh.Benchmarks.Pipeline.Phases;
using AlignmentMesh.Benchmarks.Pipeline.Reporting;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Benchmarks.Pipeline;

/// <summary>The whole mesh under load, from its start to its rebuild.</summary>
internal sealed class PipelineBench(RunPlan plan, TextWriter progress, TimeProvider clock)
{
    private const int Organisations = 16;
    private const int Raters = 256;
    private const int Warming = 16;

    public async Task<BenchReport> RunAsync(CancellationToken token)
    {
        var (startedAt, begun) = (clock.GetUtcNow(), clock.GetTimestamp());
        var directory = DataDirectory.CreateTemporary();
        var machine = MachineFacts.Read(directory.Run, clock);
        await progress.WriteLineAsync("Starting a mesh of its own");
        var starts = new StartTimes(clock);
        await using var mesh = await LocalMesh.StartAsync(
            directory, new LocalMeshOptions { OnlyPrivateServers = true, Progress = starts }, token);
        await using var scene = await Scene.OpenAsync(mesh, directory, plan, progress, clock, token);
        var report = await MeasureAsync(scene, starts, machine, token);
        return report with { StartedAt = startedAt, Minutes = clock.GetElapsedTime(begun).TotalMinutes };
    }

    private async Task<BenchReport> MeasureAsync(Scene scene, StartTimes starts, MachineFacts machine, CancellationToken token)
    {
        var study = await scene.StudyAsync("load", Organisations, Raters, token);
        await SayAsync("Filling and warming up");
        var memory = await FillAsync(scene, study, token);
        var throughput = new ThroughputPhases(scene, study);
        await SayAsync("Closed loop, single ratings");
        var singles = await throughput.ClosedAsync(Shape.Single, token);
        await SayAsync("Closed loop, sheets");
        var sheets = await throughput.ClosedAsync(Shape.Sheet, token);
        await SayAsync("Open loop");
        var open = await throughput.OpenAsync(token);
        await SayAsync("Saturation");
        var saturation = await throughput.SaturateAsync(token);
        await SayAsync("Catching up");
        var recovery = new RecoveryPhases(scene, study);
        var (backlog, rebuild) = (await recovery.DrainAsync(token), await recovery.RebuildAsync(token));
        var started = await starts.MeasureAsync(scene.Mesh, token);
        await SayAsync("Growth");
        var growth = new GrowthPhases(scene);
        var (raters, studies) = (await growth.RatersAsync(token), await growth.StudiesAsync(token));
        return new BenchReport(
            default, 0, plan.Quick, machine, await Versions.ReadAsync(scene.Mesh, token),
            Target.Of(singles, sheets, open, saturation, rebuild), singles, sheets, open, saturation, backlog, rebuild, started, memory,
            raters, studies);
    }

    /// <summary>Single ratings to warm every path, then sheets until memory is looked at.</summary>
    private static async Task<IReadOnlyList<MemoryUse>> FillAsync(Scene scene, LoadStudy study, CancellationToken token)
    {
        await scene.Loops.ClosedAsync([study], Shape.Single, Warming, scene.Plan.Closed, token);
        await scene.Loops.CountedAsync(study, Shape.Sheet, Warming, scene.Plan.MemoryAfter / Shape.Sheet.Ratings + 1, token);
        await scene.WaitUntilScoredAsync(token);
        var ratings = await scene.Stores.RatingsAsync(token);
        return [.. scene.Mesh.Services.Select(service =>
        {
            var (now, most) = ProcessTimes.Memory(service.Process.ProcessId!.Value);
            return new MemoryUse(service.Name, ratings, now, most);
        })];
    }

    private Task SayAsync(string line) => progress.WriteLineAsync(line);
}
