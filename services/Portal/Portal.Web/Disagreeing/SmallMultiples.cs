using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Disagreeing;

/// <summary>One organisation's difference from the consensus.</summary>
/// <param name="Points">From the printed consensus to its printed number, as the matrix goes; null where one of the two is none.</param>
/// <param name="Average">Mean distance in whole points.</param>
/// <param name="Largest">The cell in which it differs most, with by how much.</param>
public sealed record Multiple(string Name, int Raters, IReadOnlyList<int?> Points, int Average, string Largest);

/// <summary>A small matrix for each organisation: where it is above and below the consensus.</summary>
/// <param name="LeftOut">Organisations beyond the dozen that are drawn; they are in the table.</param>
public sealed record SmallMultiples(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<Multiple> Multiples,
    int Columns, int LeftOut)
    : Figure(Bound, DividingFigures.EachOrganisation, Title, Reads, Legend, Table, typeof(SmallMultiplesPicture))
{
    private const int Most = 12;

    public static SmallMultiples Of(Bound bound, OrganisationViews views)
    {
        var matrix = bound.Matrix!;
        var all = views.Organisations.Select(view => Multiple(bound, view)).OrderByDescending(one => one.Average).ToArray();
        return new SmallMultiples(
            bound, "Each organisation beside the consensus",
            "A small matrix for each organisation, rows and columns as in the matrix: ▲ and red where it judges more vulnerable than the "
            + "consensus, ▼ and blue where less.",
            [
                .. Palette.Change.Zip(
                    ["▼ 21 points or more below", "▼ 5 to 20 below", "within 4", "▲ 5 to 20 above", "▲ 21 or more above"],
                    (swatch, text) => new LegendItem(new Mark("cell", "", new CellView("", "", swatch)), text)),
                new LegendItem(new Mark("cell", "", new CellView("–", "", Palette.None)), "not rated"),
            ],
            Rows(bound, views), all.Take(Most).ToArray(), Math.Max(1, matrix.FailureModes.Count), Math.Max(0, all.Length - Most));
    }

    /// <summary>The swatch of a printed difference.</summary>
    public static Swatch Step(int points) => Palette.Step(Palette.Change, points, -20, -4, 5, 21);

    /// <summary>Up where the printed difference is above what counts as the same, down where it is below, null within.</summary>
    public static bool? IsUp(int points) => points switch { >= 5 => true, < -4 => false, _ => null };

    private static Multiple Multiple(Bound bound, OrganisationView view)
    {
        var pairs = view.Means.Zip(bound.Matrix!.Consensus, (mean, cell) => (Mean: mean, Cell: cell)).ToArray();
        var known = pairs.Where(pair => (pair.Mean - pair.Cell.Mean) is not null).ToArray();
        double Apart((double? Mean, ConsensusCell Cell) pair) => Math.Abs(pair.Mean!.Value - pair.Cell.Mean!.Value);
        var largest = known.OrderByDescending(Apart)
            .Select(pair => $"{pair.Cell.Technique} × {pair.Cell.FailureMode} {Show.Points(Show.Moved(pair.Cell.Mean, pair.Mean))}")
            .FirstOrDefault();
        return new Multiple(
            OrganisationNames.Name(bound, view.Organisation), view.Raters, [.. pairs.Select(pair => Show.Moved(pair.Cell.Mean, pair.Mean))],
            largest is null ? 0 : Show.WholePercent(known.Average(Apart)), largest ?? "no rating");
    }

    private static FigureTable Rows(Bound bound, OrganisationViews views) => new(
        "Every organisation's judgement of every cell that it rated",
        [
            new("organisation", "Organisation"), new("technique", "Technique"), new("failure_mode", "Failure mode"),
            new("mean", "Its judgement", true), new("consensus", "Consensus", true), new("shift", "Points apart", true),
        ],
        [
            .. from view in views.Organisations
               from one in view.Means.Zip(bound.Matrix!.Consensus)
               where one.First is not null
               select (IReadOnlyList<TableEntry>)
               [
                   new TableEntry(view.Organisation, OrganisationNames.Name(bound, view.Organisation)),
                   TableEntry.Of(one.Second.Technique), TableEntry.Of(one.Second.FailureMode), TableEntry.Percent(one.First),
                   TableEntry.Percent(one.Second.Mean),
                   new TableEntry(one.First - one.Second.Mean, Show.Points(Show.Moved(one.Second.Mean, one.First))),
               ],
        ]);
}
