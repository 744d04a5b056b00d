using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Benchmarks.Pipeline.Machine;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>Closed loops beside the floor, open loops from idle to saturation, and one long saturation.</summary>
internal sealed class ThroughputPhases(Scene scene, LoadStudy study)
{
    private const int Seed = 20251;
    private const int Saturating = 64;
    private const double Kept = 0.95;

    private readonly LoadPhase _phase = new(scene);

    public async Task<IReadOnlyList<LoadResult>> ClosedAsync(Shape shape, CancellationToken token)
    {
        var results = new List<LoadResult>();
        foreach (var concurrency in scene.Plan.Concurrencies)
        {
            var floor = await scene.Floor.RunAsync(concurrency, scene.Plan.Floor, token);
            results.Add(await ClosedAsync(Name(shape, concurrency), shape, concurrency, scene.Plan.Closed, floor, token));
        }

        return results;
    }

    public async Task<LoadResult> SaturateAsync(CancellationToken token)
    {
        var floor = await scene.Floor.RunAsync(Saturating, scene.Plan.Floor, token);
        var name = string.Create(CultureInfo.InvariantCulture, $"saturation {scene.Plan.Saturation.TotalSeconds:0} s");
        return await ClosedAsync(name, Shape.Single, Saturating, scene.Plan.Saturation, floor, token);
    }

    public async Task<IReadOnlyList<LoadResult>> OpenAsync(CancellationToken token)
    {
        var floor = await scene.Floor.RunAsync(1, scene.Plan.Floor, token);
        List<LoadResult> results =
            [await OpenAsync(5, scene.Plan.Idle, floor, token), await OpenAsync(100, scene.Plan.Steady, floor, token)];
        foreach (var rate in scene.Plan.Rates)
        {
            results.Add(await OpenAsync(rate, scene.Plan.Rising, null, token));
            if (results[^1].EntriesPerSecond < Kept * rate) break;
        }

        return results;
    }

    private Task<LoadResult> ClosedAsync(
        string name, Shape shape, int concurrency, TimeSpan duration, FloorResult floor, CancellationToken token) =>
        _phase.RunAsync(
            name, [study], shape, floor, () => scene.Loops.ClosedAsync([study], shape, concurrency, duration, token), token);

    private async Task<LoadResult> OpenAsync(int rate, TimeSpan duration, FloorResult? floor, CancellationToken token)
    {
        var schedule = OpenSchedule.Poisson(rate, duration, Seed + rate);
        var name = string.Create(CultureInfo.InvariantCulture, $"open {rate}/s");
        var result = await _phase.RunAsync(
            name, [study], Shape.Single, floor, () => scene.Loops.OpenAsync(study, Shape.Single, schedule, token), token);
        // A rate of an open loop is given, not reached: it has no ratio.
        return result with { Ratio = null };
    }

    private static string Name(Shape shape, int concurrency) =>
        string.Create(CultureInfo.InvariantCulture, $"{shape.Name} c={concurrency}");
}
