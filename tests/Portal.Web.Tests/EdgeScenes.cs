using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Disagreeing;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Profiles;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Risk;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>Studies at the edges, and every figure that the portal can make of one.</summary>
internal static class EdgeScenes
{
    /// <summary>A name that is markup, and longer than any picture is wide.</summary>
    public static string Evil { get; } = "<script>alert(1)</script><img src=x> \"&' "
        + string.Concat(Enumerable.Repeat("Incomprehensibilities ", 9)) + new string('W', 70);

    public static IReadOnlyList<string> Names { get; } = ["nothing", "one", "nobody", "everything", "markup"];

    /// <summary>A study of no cell, of one, of twelve that nobody rated, of 20 x 40, of four with names that are markup.</summary>
    public static Bound Study(string name) => Scene.Bound(name switch
    {
        "nothing" => Scene.Matrix(0, 0),
        "one" => Scene.Matrix(1, 1),
        "nobody" => Scene.Matrix(cell: (i, j) => Scene.Cell(i, j, null)),
        "everything" => Scene.Matrix(20, 40),
        _ => Scene.Matrix(2, 2, label: Evil) with
        {
            Techniques = [.. Scene.Techniques(2).Select(item => item with { Name = Evil })],
            FailureModes = [.. Scene.FailureModes(2).Select(item => item with { Name = Evil })],
        },
    });

    public static IEnumerable<Figure> Figures(Bound bound)
    {
        foreach (var view in (string[])[MatrixFigures.Value, MatrixFigures.Disagreement, MatrixFigures.Coverage])
            yield return MatrixFigures.Of(view, bound);
        var diff = Diff(bound.Matrix!);
        yield return MatrixFigures.OfChange(bound, diff);
        yield return MatrixFigures.OfStep(bound, diff);
        yield return DividingFigures.OfDivisive(bound);
        yield return SmallMultiples.Of(bound, Views(bound.Matrix!));
        foreach (var figure in OfCell(bound).Concat(OfRisk(bound))) yield return figure;
        foreach (var technique in bound.Matrix!.Techniques.Take(1)) yield return ProfileFigures.Of(bound, technique, isTechnique: true);
        foreach (var mode in bound.Matrix!.FailureModes.Take(1)) yield return ProfileFigures.Of(bound, mode, isTechnique: false);
    }

    private static IEnumerable<Figure> OfCell(Bound bound)
    {
        var isRated = bound.Matrix!.RatedCells > 0;
        var evil = CellScene.Rating(4, Evil, best: "0", lower: "0", upper: "1") with { Rater = Evil };
        var cell = CellScene.Lineage(
            isRated ? [.. CellScene.Ratings, evil] : [], isRated ? null : [CellScene.At(12, null)], isRated ? 1 : null,
            isRated ? "contested" : "no_data");
        yield return RatingStrip.Of(bound, cell);
        yield return CellSteps.Of(bound, cell)!;
        yield return LensStrip.Of(bound, cell with
        {
            Multiverse = cell.Multiverse! with
            {
                Lenses = isRated
                    ? [.. cell.Multiverse!.Lenses, new(Evil, 0, null, Evil, Evil), new("median", null, Evil, null, "any")]
                    : [],
            },
        })!;
    }

    private static IEnumerable<Figure> OfRisk(Bound bound)
    {
        var techniques = bound.Matrix!.Techniques.Count;
        var report = CellScene.Report(Math.Min(7, techniques));
        var named = report with
        {
            Portfolios = [.. report.Portfolios.Select(risk => risk with { Name = risk.Techniques.Count > 1 ? Evil : null })],
        };
        var cell = new CellLeverage("T1", "F1", 0.6, 0.3, [0.4, 0.8], [0.1, 0.3]);
        yield return SharedBars.Of(bound, named, null);
        if (SharedBars.OfLenses(bound, [named]) is { } lost) yield return lost;
        yield return ParetoPlot.Of(bound, RiskScene.Frontier(Math.Min(7, techniques)));
        yield return Overlap.Of(bound, RiskScene.Overlap(techniques));
        yield return Priorities.Of(bound, techniques == 0 ? RiskScene.Importance() : RiskScene.Importance(RiskScene.Modes));
        yield return SwingPlot.Of(bound, techniques == 0 ? RiskScene.Cells() : RiskScene.Cells(cell, cell with { Joint = null }));
    }

    private static MatrixDiff Diff(MatrixView matrix) => new(
        Scene.Study, null, "rohl-1", new(3, "2026-11-22T09:00:00Z", "d"), new(12, "2026-11-23T17:00:00Z", "d"), 1, 0,
        [
            .. matrix.Consensus.Where(cell => cell.Mean is not null).Take(3).Select((cell, i) => new CellChange(
                cell.Technique, cell.FailureMode, i == 0 ? null : cell with { Mean = 1 }, cell, i == 0 ? null : cell.Mean - 1, 0, true,
                false, 1, [10])),
        ],
        [], [], []);

    private static OrganisationViews Views(MatrixView matrix) => new(
        Scene.Study, null, 12, Scene.Digest,
        [
            .. new[] { "org-a", Evil }.Select(id => new OrganisationView(
                id, 2, [.. matrix.Consensus.Select((cell, i) => i % 3 == 0 ? null : 1 - cell.Mean)])),
        ]);
}
