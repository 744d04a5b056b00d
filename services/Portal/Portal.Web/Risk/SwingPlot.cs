using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>What one cell could make of the risk.</summary>
public sealed record Swing(string Name, string Interval, double Low, double High);

/// <summary>Which cells would change the answer, the widest swing first.</summary>
/// <param name="Now">The risk with every cell as it is.</param>
public sealed record SwingPlot(
    Bound Bound, string Name, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, double Now,
    IReadOnlyList<Swing> Rows)
    : Figure(Bound, Name, Title, Reads, Legend, Table, typeof(SwingPlotPicture))
{
    private const int Most = 10;

    public static SwingPlot Of(Bound bound, RiskCells all) =>
        Of(bound, RiskFigures.Settle, "Which cell to settle next", all.Joint, all.Cells, all.Statement);

    /// <param name="now">The risk with every cell as it is.</param>
    public static SwingPlot Of(
        Bound bound, string name, string title, double now, IReadOnlyList<CellLeverage> cells, string statement)
    {
        var open = cells.Where(cell => cell.Joint is not null).OrderByDescending(cell => cell.Joint![1] - cell.Joint[0]).Take(Most);
        return new SwingPlot(
            bound, name, title,
            "Each bar runs from the chance that all fail together if the cell were at the low end of what the ratings leave open to "
            + "that at its high end, all else as it is; the line is the chance now.",
            [new(new Mark("bar", Palette.Shared), "from the cell's low end to its high end"), new(new Mark("dashed", "#111111"), "now")],
            TableOf(bound, cells), now,
            [
                .. open.Select(cell => new Swing(
                    $"{bound.Matrix!.Techniques.Name(cell.Technique)} × {bound.Matrix.FailureModes.Name(cell.FailureMode)}",
                    $"{Show.Percent(cell.Interval?[0])} to {Show.Percent(cell.Interval?[1])}", cell.Joint![0], cell.Joint[1])),
            ])
        {
            Caution = statement,
        };
    }

    private static FigureTable TableOf(Bound bound, IReadOnlyList<CellLeverage> cells) => new(
        "Cells by how much they matter",
        [
            new("technique", "Technique"), new("failure_mode", "Failure mode"), new("vulnerability", "Now", true),
            new("derivative", "Risk if it fails for certain minus if it holds", true), new("low", "May be from", true),
            new("high", "to", true),
            new("joint_low", "Then fail together from", true), new("joint_high", "to", true),
        ],
        [
            .. cells.Select(cell => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(
                    cell.Technique, bound.Matrix!.Techniques.Name(cell.Technique),
                    bound.Href(Links.Cell(cell.Technique, cell.FailureMode))),
                new TableEntry(cell.FailureMode, bound.Matrix.FailureModes.Name(cell.FailureMode)), TableEntry.Percent(cell.Vulnerability),
                new TableEntry(cell.Derivative, Show.Chance(cell.Derivative)), TableEntry.Percent(cell.Interval?[0]),
                TableEntry.Percent(cell.Interval?[1]), new TableEntry(cell.Joint?[0], Show.Chance(cell.Joint?[0])),
                new TableEntry(cell.Joint?[1], Show.Chance(cell.Joint?[1])),
            ]),
        ]);
}
