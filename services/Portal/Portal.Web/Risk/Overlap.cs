using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>Which techniques share their failure modes, two by two.</summary>
internal static class Overlap
{
    public static Heatmap Of(Bound bound, RiskOverlap overlap)
    {
        var matrix = bound.Matrix!;
        var pairs = overlap.Pairs.ToDictionary(pair => (pair.A, pair.B));
        CatalogueItem[] techniques = [.. MatrixOrder.SideBySide(MatrixOrder.RowsOf(matrix)).Select(row => matrix.Techniques[row])];
        var (rows, columns) = (techniques.Skip(1).ToArray(), techniques.SkipLast(1).ToArray());
        return new Heatmap(
            bound, RiskFigures.Overlap, "Which techniques fail for the same reasons",
            "Each square counts the failure modes to which both techniques are vulnerable, of those that have a verdict for both; below "
            + "it stands the correlation of their failures, from 0 (apart) to 1 (always together). Techniques with alike numbers stand "
            + "together.",
            Legend, Rows(bound, overlap.Pairs), [.. rows.Select(Heading)], [.. columns.Select(Heading)],
            [
                .. rows.Select((row, i) => (IReadOnlyList<CellView>)
                [
                    .. columns.Select((column, j) => j > i ? Blank : Cell(bound, column.Id, row.Id, Find(pairs, column.Id, row.Id))),
                ]),
            ])
        {
            Caution = overlap.Statement,
        };
    }

    private static CellView Blank { get; } = new("", "see the other half", new Swatch("none", "#111111"), 0);

    private static TechniquePair? Find(Dictionary<(string, string), TechniquePair> pairs, string a, string b) =>
        pairs.GetValueOrDefault((a, b)) ?? pairs.GetValueOrDefault((b, a));

    private static CellView Cell(Bound bound, string a, string b, TechniquePair? pair)
    {
        var (shared, modes) = (Shared(bound, a, b).Count, Judged(bound, a, b));
        if (modes == 0) return new CellView("–", "–, no failure mode has a verdict for both", Palette.None);
        var text = $"{Show.Count(shared)} of {Show.Count(modes)}";
        var words = $"{text} failure modes shared"
            + (pair is null ? "" : $"; both fail {Show.Chance(pair.Joint)}, correlation {Show.Fixed(pair.Phi, 2)}");
        return new CellView(
            text, words, Palette.Step(Palette.Value, 100.0 * shared / modes, 20, 40, 60, 80),
            Sub: pair?.Phi is { } phi ? "r " + Show.Fixed(phi, 2) : null);
    }

    private static IReadOnlyList<string> Shared(Bound bound, string a, string b)
    {
        var vulnerable = bound.Matrix!.Consensus.Where(cell => cell.Verdict == "vulnerable").ToLookup(cell => cell.Technique);
        return [.. vulnerable[a].Select(cell => cell.FailureMode).Intersect(vulnerable[b].Select(cell => cell.FailureMode))];
    }

    /// <summary>How many failure modes have a verdict for both techniques.</summary>
    private static int Judged(Bound bound, string a, string b)
    {
        var judged = bound.Matrix!.Consensus.Where(cell => cell.Verdict is not null).ToLookup(cell => cell.Technique);
        return judged[a].Select(cell => cell.FailureMode).Intersect(judged[b].Select(cell => cell.FailureMode)).Count();
    }

    private static Heading Heading(CatalogueItem item) => new(item.Id, item.Name);

    private static IReadOnlyList<LegendItem> Legend { get; } =
    [
        .. Palette.Value.Zip(
            ["under a fifth shared", "under two fifths", "under three fifths", "under four fifths", "four fifths or more"],
            (swatch, text) => new LegendItem(new Mark("cell", "", new CellView("", "", swatch)), text)),
        new(new Mark("cell", "", new CellView("–", "", Palette.None)), "nothing judged for both"),
    ];

    private static FigureTable Rows(Bound bound, IReadOnlyList<TechniquePair> pairs) => new(
        "Every two techniques",
        [
            new("a", "Technique A"), new("b", "Technique B"), new("shared_modes", "Shared failure modes", true), new("modes", "Which"),
            new("phi", "Correlation", true), new("phi_share", "Of the most there can be", true), new("joint", "Both fail", true),
            new("a_given_b", "A fails if B does", true), new("b_given_a", "B fails if A does", true),
            new("jaccard", "Both of either", true), new("row_overlap", "Overlap of rows", true),
        ],
        [
            .. pairs.Select(pair => (Pair: pair, Modes: Shared(bound, pair.A, pair.B))).OrderByDescending(row => row.Pair.Phi)
                .Select(row => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(row.Pair.A), TableEntry.Of(row.Pair.B), TableEntry.Of(row.Modes.Count),
                TableEntry.Of(string.Join(", ", row.Modes)), new TableEntry(row.Pair.Phi, Show.Fixed(row.Pair.Phi, 2)),
                TableEntry.Percent(row.Pair.PhiShare), new TableEntry(row.Pair.Joint, Show.Chance(row.Pair.Joint)),
                TableEntry.Percent(row.Pair.AGivenB), TableEntry.Percent(row.Pair.BGivenA), TableEntry.Percent(row.Pair.Jaccard),
                TableEntry.Percent(row.Pair.RowOverlap),
            ]),
        ]);
}
