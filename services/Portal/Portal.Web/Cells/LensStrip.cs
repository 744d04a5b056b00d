using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>A cell under every lens: how much the number depends on the method.</summary>
/// <param name="Lenses">In the service's order, the headline first.</param>
public sealed record LensStrip(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<LensOutcome> Lenses,
    ConsensusCell Consensus)
    : Figure(Bound, CellFigures.EveryLens, Title, Reads, Legend, Table, typeof(LensStripPicture))
{
    /// <returns>Null when the answer has no multiverse row.</returns>
    public static LensStrip? Of(Bound bound, CellLineage cell)
    {
        if (cell.Multiverse is not { } row) return null;
        return new LensStrip(
            bound, "Does the method matter?",
            "Each dot is the same ratings pooled by another rule; where the dots lie close together the number does not "
            + "hang on the method.",
            [
                new(new Mark("dot", Palette.Shared), "headline"), new(new Mark("ring", Palette.Shared), "another lens"),
                new(new Mark("dashed", Palette.Naive), "the headline's number"),
            ],
            Rows(row), row.Lenses, cell.Lenses[Links.Headline])
        {
            Query = CellFigures.Query(cell),
            Lens = Links.Headline,
        };
    }

    public static string Why(LensOutcome outcome) => outcome.Undefined switch
    {
        "no_bounds" => "needs intervals, and nobody states any",
        "no_data" => "no rating that it counts",
        var other => other ?? "",
    };

    private static FigureTable Rows(MultiverseRow row) => new(
        "The cell under every lens",
        [
            new("lens", "Lens"), new("value", "Value", true), new("verdict", "Verdict"), new("valid_for", "What the value may be used for"),
            new("undefined", "Why there is none"),
        ],
        [
            .. row.Lenses.Select(lens => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(lens.Lens, Words.Lenses.Name(lens.Lens)), TableEntry.Percent(lens.Value), TableEntry.Of(lens.Verdict),
                TableEntry.Of(lens.ValidFor), new TableEntry(lens.Undefined, lens.Undefined is null ? "" : Why(lens)),
            ]),
        ]);
}
