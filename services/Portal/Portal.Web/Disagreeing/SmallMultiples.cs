using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Disagreeing;

/// <summary>One organisation's difference from the consensus.</summary>
/// <param name="Shifts">Its number minus the consensus, in the order of the matrix; null where one of the two has none.</param>
/// <param name="Average">Mean distance in whole points.</param>
/// <param name="Largest">The cell in which it differs most, with by how much.</param>
public sealed record Multiple(string Name, int Raters, IReadOnlyList<double?> Shifts, int Average, string Largest);

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
    public static Swatch Step(double shift) => Palette.Step(Palette.Change, Show.WholePercent(shift), -20, -4, 5, 21);

    /// <summary>Up where the printed difference is above what counts as the same, down where it is below, null within.</summary>
    public static bool? IsUp(double shift) => Show.WholePercent(shift) switch { >= 5 => true, < -4 => false, _ => null };

    private static Multiple Multiple(Bound bound, OrganisationView view)
    {
        var cells = bound.Matrix!.Consensus;
        var shifts = view.Means.Zip(cells, (mean, cell) => mean - cell.Mean).ToArray();
        var known = shifts.Select((shift, i) => (Shift: shift ?? 0, Cell: cells[i], IsKnown: shift is not null)).Where(one => one.IsKnown)
            .ToArray();
        var largest = known.Length == 0 ? "no rating" : known.MaxBy(one => Math.Abs(one.Shift)) is var most
            ? $"{most.Cell.Technique} × {most.Cell.FailureMode} {Show.Points(most.Shift)}" : "";
        return new Multiple(
            OrganisationNames.Name(bound, view.Organisation), view.Raters, shifts,
            known.Length == 0 ? 0 : Show.WholePercent(known.Average(one => Math.Abs(one.Shift))), largest);
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
                   new TableEntry(one.First - one.Second.Mean, Show.Points(one.First - one.Second.Mean)),
               ],
        ]);
}
