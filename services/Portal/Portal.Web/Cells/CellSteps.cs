using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>How a cell changed from version to version.</summary>
/// <param name="Steps">Oldest first; each holds until the next.</param>
public sealed record CellSteps(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<CellAtVersion> Steps,
    bool IsWhole)
    : Figure(Bound, CellFigures.History, Title, Reads, Legend, Table, typeof(CellStepsPicture))
{
    /// <summary>The cell had a number at least once.</summary>
    public bool HasNumbers => Steps.Any(step => step.Mean is not null);

    /// <returns>Null when the cell has not changed yet.</returns>
    public static CellSteps? Of(Bound bound, CellLineage cell)
    {
        if (cell.History is not { Changes: [_, ..] changes } history) return null;
        var steps = changes.OrderBy(change => change.Version).ToArray();
        return new CellSteps(
            bound, "How it changed",
            "The line is the consensus after so many ledger entries: it moves in steps, at the versions in which the cell changed; the "
            + "band is the 90% interval.",
            [new(new Mark("line", Palette.Shared), "consensus"), new(new Mark("band", "#fde3c4"), "90% interval")],
            Rows(bound, changes), steps, history.Next is null)
        {
            Query = CellFigures.Query(cell),
            Lens = Links.Headline,
        };
    }

    private static FigureTable Rows(Bound bound, IReadOnlyList<CellAtVersion> changes) => new(
        "Versions in which the cell changed, newest first",
        [
            new("version_changed", "Version", true), new("as_of_change", "Time"), new("mean", "Consensus", true),
            new("lower90", "90% interval from", true), new("upper90", "to", true), new("verdict", "Verdict"), new("status", "Status"),
            new("raters", "Raters", true), new("organisations", "Organisations", true),
        ],
        [
            .. changes.Select(change => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(change.Version, Show.Count(change.Version), bound.Address(change.Version, "matrix")),
                new TableEntry(change.AsOf, Show.Time(change.AsOf)), TableEntry.Percent(change.Mean), TableEntry.Percent(change.Lower90),
                TableEntry.Percent(change.Upper90), TableEntry.Of(change.Verdict), TableEntry.Of(change.Status),
                TableEntry.Of(change.Raters), TableEntry.Of(change.Organisations),
            ]),
        ]);
}
