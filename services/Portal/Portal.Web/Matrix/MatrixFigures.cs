using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Matrix;

/// <summary>The matrix in its four views: value, disagreement, coverage, change.</summary>
internal sealed class MatrixFigures(MatrixClient matrices) : IFigureSource
{
    public const string Value = "matrix";
    public const string Disagreement = "disagreement";
    public const string Coverage = "coverage";
    public const string Change = "change";

    public IReadOnlyList<string> Names { get; } = [Value, Disagreement, Coverage, Change];

    public async Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        if (MatrixOrder.Find(query["order"]) is not { } order)
            return new Missing(
                "portal", MissingKind.Refused, "No such order", $"order is '{query["order"]}'; allowed: {MatrixOrder.Allowed}.");
        if (name != Change) return order.Of(Of(name, bound));
        if (!long.TryParse(query["since"], out var since) || since < 1 || since > bound.Version)
            return new Missing(
                "portal", MissingKind.Refused, "No earlier version",
                $"since is '{query["since"]}'; allowed: a whole number from 1 to {Show.Count(bound.Version)}.");
        var (diff, missing) = await matrices.DiffAsync(bound.Study, since, bound.Version, bound.Lens, token);
        return diff is null ? missing! : order.Of(OfChange(bound, diff));
    }

    /// <param name="name">One of the views that need nothing but the version itself.</param>
    public static Heatmap Of(string name, Bound bound) => name switch
    {
        Disagreement => OfDisagreement(bound),
        Coverage => OfCoverage(bound),
        _ => OfValue(bound),
    };

    public static Heatmap OfValue(Bound bound) => Build(
        bound, Value, "How vulnerable each technique is to each failure mode",
        "Each number is the judged probability that the technique fails when the failure mode obtains; darker is worse, "
        + "a smaller square is less sure.",
        MatrixLegends.Value, (cell, _, href) => MatrixCells.Value(cell, href));

    /// <summary>The values after one ledger entry, with what it changed framed.</summary>
    public static Heatmap OfStep(Bound bound, MatrixDiff? step)
    {
        var changed = step?.Cells.Select(change => (change.Technique, change.FailureMode)).ToHashSet() ?? [];
        return Build(
            bound, Value, $"The matrix after {Show.Count(bound.Version, "entry", "entries")}",
            "Each number is the judged probability that the technique fails when the failure mode obtains; a framed cell changed with "
            + "this entry.",
            [.. MatrixLegends.Value, MatrixLegends.Marked],
            (cell, _, href) => MatrixCells.Value(cell, href) with { IsMarked = changed.Contains((cell.Technique, cell.FailureMode)) });
    }

    public static Heatmap OfChange(Bound bound, MatrixDiff diff)
    {
        var changes = diff.Cells.ToDictionary(change => (change.Technique, change.FailureMode));
        var since = Show.Count(diff.A.Version);
        return Build(
            bound, Change, $"What changed since version {since}",
            $"Each number is the change in percentage points from version {since} ({Show.Time(diff.A.AsOf)}) to "
            + $"version {Show.Count(diff.B.Version)}; red is more vulnerable than before, blue is less.",
            MatrixLegends.Change,
            (cell, _, href) => MatrixCells.Change(cell, changes.GetValueOrDefault((cell.Technique, cell.FailureMode)), href)) with
        {
            Table = ChangeTable(bound, diff),
            Query = [("since", since)],
        };
    }

    private static Heatmap OfDisagreement(Bound bound)
    {
        var figures = bound.Matrix!.Overview?.Disagreement ?? [];
        var heatmap = Build(
            bound, Disagreement, "Where raters disagree",
            "Each number says how far the raters of a cell are apart: 0% when all say the same, 100% when half say surely and half "
            + "say never.",
            MatrixLegends.Disagreement,
            (cell, i, href) => MatrixCells.Disagreement(cell, figures.ElementAtOrDefault(i), href));
        return heatmap with { Table = DisagreementTable(bound, figures) };
    }

    private static Heatmap OfCoverage(Bound bound) => Build(
        bound, Coverage, "How many raters stand behind each cell",
        "Each number counts the raters whose judgement is in the cell, and below it their organisations.",
        MatrixLegends.Coverage, (cell, _, href) => MatrixCells.Coverage(cell, href));

    private static Heatmap Build(
        Bound bound, string name, string title, string reads, IReadOnlyList<LegendItem> legend,
        Func<ConsensusCell, int, string, CellView> draw)
    {
        var matrix = bound.Matrix!;
        var cells = matrix.Consensus
            .Select((cell, i) => draw(cell, i, bound.Href(Links.Cell(cell.Technique, cell.FailureMode))))
            .Chunk(Math.Max(1, matrix.FailureModes.Count)).ToArray();
        return new Heatmap(
            bound, name, title, reads, legend, MatrixTable.Of(bound),
            [.. matrix.Techniques.Select(item => new Heading(item.Id, item.Name, bound.Href(Links.Technique(item.Id))))],
            [.. matrix.FailureModes.Select(item => new Heading(item.Id, item.Name, bound.Href(Links.FailureMode(item.Id))))], cells);
    }

    private static FigureTable DisagreementTable(Bound bound, IReadOnlyList<DisagreementFigures?> figures) => MatrixTable.Cells(
        bound, "Disagreement of every cell",
        [new("total", "Disagreement", true), new("between", "Between organisations", true), new("within", "Within", true)],
        (_, i) => figures.ElementAtOrDefault(i) is { } one
            ? [TableEntry.Percent(one.Total), TableEntry.Percent(one.Between), TableEntry.Percent(one.Within)]
            : [TableEntry.Of(null), TableEntry.Of(null), TableEntry.Of(null)]);

    private static FigureTable ChangeTable(Bound bound, MatrixDiff diff)
    {
        var changes = diff.Cells.ToDictionary(change => (change.Technique, change.FailureMode));
        return MatrixTable.Cells(
            bound, $"Every cell now and in version {Show.Count(diff.A.Version)}",
            [new("before", "Before", true), new("now", "Now", true), new("change", "Change in points", true), new("verdict", "Verdict")],
            (cell, _) =>
            {
                var change = changes.GetValueOrDefault((cell.Technique, cell.FailureMode));
                var before = change is null ? cell.Mean : change.Before?.Mean;
                return
                [
                    TableEntry.Percent(before), TableEntry.Percent(cell.Mean),
                    new TableEntry(change?.MeanShift, change is null ? "0" : Show.Points(Show.Moved(before, cell.Mean))),
                    TableEntry.Of(cell.Verdict),
                ];
            });
    }
}
