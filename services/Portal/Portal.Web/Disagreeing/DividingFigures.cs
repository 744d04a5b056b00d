using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Disagreeing;

/// <summary>Who sees the matrix differently, and in which cells.</summary>
internal sealed class DividingFigures(MatrixClient matrices) : IFigureSource
{
    public const string Divisive = "divisive";
    public const string EachOrganisation = "organisations";

    private const string Between = "#54278f";
    private const string Within = "#9e9ac8";

    public IReadOnlyList<string> Names { get; } = [Divisive, EachOrganisation];

    public async Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        if (name == Divisive) return OfDivisive(bound);
        var (views, missing) = await matrices.OrganisationsAsync(bound.Study, bound.Version, token);
        return views is null ? missing! : SmallMultiples.Of(bound, views);
    }

    public static BarChart OfDivisive(Bound bound)
    {
        var cells = bound.Matrix!.Overview?.Divisive ?? [];
        return new BarChart(
            bound, Divisive, "The cells that divide raters most",
            "Each bar says how far the raters of a cell are apart, of the most there can be: the dark part is between organisations, the "
            + "light part within them.",
            [new(new Mark("bar", Between), "between organisations"), new(new Mark("bar", Within), "within organisations")],
            Rows(bound, cells),
            [
                .. cells.Select(cell => new Bar(
                    Name(bound, cell), [(cell.Disagreement.Between, Between), (cell.Disagreement.Within, Within)],
                    Show.Percent(cell.Disagreement.Total),
                    $"{Show.Percent(cell.Disagreement.Between)} between organisations; {Show.Count(cell.Raters, "rater")}")),
            ]);
    }

    private static string Name(Bound bound, DivisiveCell cell) =>
        $"{cell.Technique} × {bound.Matrix!.FailureModes.Name(cell.FailureMode)}";

    private static FigureTable Rows(Bound bound, IReadOnlyList<DivisiveCell> cells) => new(
        "The cells that divide raters most",
        [
            new("technique", "Technique"), new("failure_mode", "Failure mode"), new("total", "Disagreement", true),
            new("between", "Between organisations", true), new("within", "Within", true), new("ordinal", "Of verdicts", true),
            new("verdict", "Verdict"), new("status", "Status"), new("raters", "Raters", true), new("organisations", "Organisations", true),
        ],
        [
            .. cells.Select(cell => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(
                    cell.Technique, bound.Matrix!.Techniques.Name(cell.Technique),
                    bound.Href(Links.Cell(cell.Technique, cell.FailureMode))),
                new TableEntry(cell.FailureMode, bound.Matrix.FailureModes.Name(cell.FailureMode)),
                TableEntry.Percent(cell.Disagreement.Total), TableEntry.Percent(cell.Disagreement.Between),
                TableEntry.Percent(cell.Disagreement.Within), TableEntry.Percent(cell.Disagreement.Ordinal),
                TableEntry.Of(cell.Verdict), TableEntry.Of(cell.Status), TableEntry.Of(cell.Raters), TableEntry.Of(cell.Organisations),
            ]),
        ]);
}
