using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Loading;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>What a rating costs as one study gets more raters, and as the same load spreads over more studies.</summary>
internal sealed class GrowthPhases(Scene scene)
{
    private const int Seed = 4711;
    private const int PerSecond = 20;
    private const int Concurrency = 64;
    private const int Organisations = 10;

    private readonly LoadPhase _phase = new(scene);

    /// <summary>Every rater has rated every cell before single ratings come at a steady rate.</summary>
    public async Task<IReadOnlyList<LoadResult>> RatersAsync(CancellationToken token)
    {
        var results = new List<LoadResult>();
        foreach (var raters in scene.Plan.Raters)
        {
            var study = await scene.StudyAsync(Text($"raters-{raters}"), Organisations, raters, token);
            await scene.Loops.CountedAsync(study, Shape.Sheet, Math.Min(raters, Concurrency), raters, token);
            var schedule = OpenSchedule.Poisson(PerSecond, scene.Plan.Growth, Seed);
            results.Add(await _phase.RunAsync(
                Text($"{raters} raters, {PerSecond}/s"), [study], Shape.Single, null,
                () => scene.Loops.OpenAsync(study, Shape.Single, schedule, token), token));
        }

        return results;
    }

    public async Task<IReadOnlyList<LoadResult>> StudiesAsync(CancellationToken token)
    {
        var results = new List<LoadResult>();
        foreach (var count in scene.Plan.Studies)
        {
            var studies = new List<LoadStudy>();
            for (var number = 0; number < count; number++)
                studies.Add(await scene.StudyAsync(Text($"studies-{count}-{number}"), 2, Organisations, token));
            var floor = await scene.Floor.RunAsync(Concurrency, scene.Plan.Floor, token);
            results.Add(await _phase.RunAsync(
                Text($"{count} studies, c={Concurrency}"), studies, Shape.Single, floor,
                () => scene.Loops.ClosedAsync(studies, Shape.Single, Concurrency, scene.Plan.Growth, token), token));
        }

        return results;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
