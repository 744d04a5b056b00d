using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Audit;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Replaying;

/// <summary>Steps of a replay as what they change on the page, drawn as the page draws it.</summary>
/// <param name="Cells">All cells of the version <paramref name="From"/>.</param>
internal sealed record ReplaySteps(long From, long To, IReadOnlyList<StepCell> Cells, IReadOnlyList<ReplayStep> Steps);

/// <param name="Cause">The entry in words, as HTML.</param>
/// <param name="Cells">Those that it changed.</param>
internal sealed record ReplayStep(long Version, string Cause, IReadOnlyList<StepCell> Cells);

/// <param name="Cell">Path of the cell's page below the study.</param>
/// <param name="Drawn">What is inside it, as HTML.</param>
internal sealed record StepCell(string Cell, string Drawn);

internal static class ReplayStepsEndpoint
{
    public static void MapReplaySteps(this WebApplication app) =>
        app.MapGet("/studies/{study}/replay/steps.json", ReadAsync).ExcludeFromDescription().RequireAuthorization(Access.Reader);

    private static async Task<IResult> ReadAsync(
        string study, long from, long to, string? v, string? lens, VersionReader versions, MatrixClient matrices, IntakeClient intake,
        Fragments fragments, CancellationToken token)
    {
        var chosen = string.IsNullOrEmpty(lens) ? Links.Headline : lens;
        var entries = intake.EntriesAsync(study, from, (int)Math.Clamp(to - from, 1, 256), token);
        var deltas = matrices.DeltasAsync(study, from, to, chosen, token);
        var bound = await versions.ReadAsync(study, v, chosen, token);
        var (page, noPage) = await entries;
        var (found, noDeltas) = await deltas;
        if ((bound.Matrix is null ? bound.Missing[0] : noDeltas ?? noPage) is { } missing) return FigureFiles.Problem(missing);
        var isDense = bound.Matrix!.FailureModes.Count > Heatmap.MostWide;
        var steps = new List<ReplayStep>();
        foreach (var (delta, entry) in found!.Deltas.Zip(page!.Entries))
            steps.Add(new(
                delta.Version,
                await fragments.DrawAsync<StepCause>(
                    (nameof(StepCause.Bound), bound), (nameof(StepCause.Version), delta.Version),
                    (nameof(StepCause.Entry), ReadEntry.Of(entry)), (nameof(StepCause.Changed), delta.Cells.Count)),
                await DrawAsync(delta.Cells)));
        return Results.Json(new ReplaySteps(from, to, await DrawAsync(found.Cells), steps), ContractJson.Options);

        async Task<IReadOnlyList<StepCell>> DrawAsync(IReadOnlyList<ConsensusCell> cells)
        {
            var drawn = new List<StepCell>(cells.Count);
            foreach (var cell in cells)
                drawn.Add(new(
                    Links.Cell(cell.Technique, cell.FailureMode),
                    await fragments.DrawAsync<HeatCellDrawn>(
                        (nameof(HeatCellDrawn.Cell), MatrixCells.Value(cell)), (nameof(HeatCellDrawn.IsDense), isDense))));
            return drawn;
        }
    }
}
