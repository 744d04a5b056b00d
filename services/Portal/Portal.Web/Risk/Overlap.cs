using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>Which techniques share their failure modes, two by two.</summary>
internal static class Overlap
{
    public static Heatmap Of(Bound bound, RiskReport all)
    {
        var matrix = bound.Matrix!;
        var pairs = all.Portfolios.Where(risk => risk.Techniques.Count == 2)
            .DistinctBy(risk => RiskWords.Ids(risk.Techniques)).ToDictionary(risk => (risk.Techniques[0], risk.Techniques[1]));
        var rows = matrix.Techniques.Skip(1).ToArray();
        var columns = matrix.Techniques.Take(matrix.Techniques.Count - 1).ToArray();
        return new Heatmap(
            bound, RiskFigures.Overlap, "Which techniques fail for the same reasons",
            "Each square counts the failure modes to which both techniques are vulnerable, of those that have a verdict for both; below "
            + "it, how many times more often both fail together than if they were independent.",
            Legend, Rows(bound, pairs.Values), [.. rows.Select(Heading)], [.. columns.Select(Heading)],
            [
                .. rows.Select((row, i) => (IReadOnlyList<CellView>)
                [
                    .. columns.Select((column, j) => j > i ? Blank : Cell(bound, column.Id, row.Id, Find(pairs, column.Id, row.Id))),
                ]),
            ])
        {
            Caution = all.Statement,
        };
    }

    private static CellView Blank { get; } = new("", "see the other half", new Swatch("none", "#111111"), 0);

    private static PortfolioRisk? Find(Dictionary<(string, string), PortfolioRisk> pairs, string a, string b) =>
        pairs.GetValueOrDefault((a, b)) ?? pairs.GetValueOrDefault((b, a));

    private static CellView Cell(Bound bound, string a, string b, PortfolioRisk? pair)
    {
        var (shared, modes) = (Shared(bound, a, b).Count, Judged(bound, a, b));
        if (modes == 0) return new CellView("–", "–, no failure mode has a verdict for both", Palette.None);
        var text = $"{Show.Count(shared)} of {Show.Count(modes)}";
        var words = $"{text} failure modes shared"
            + (pair is null ? "" : $"; both fail {Show.Chance(RiskWords.Headline(pair))}, {RiskWords.Effect(pair)}");
        return new CellView(
            text, words, Palette.Step(Palette.Value, 100.0 * shared / modes, 20, 40, 60, 80),
            Sub: pair?.DependenceEffect is { } effect ? "× " + Show.Significant(effect, 2) : null);
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

    private static FigureTable Rows(Bound bound, IEnumerable<PortfolioRisk> pairs) => new(
        "Every two techniques",
        [
            new("a", "Technique"), new("b", "Technique"), new("shared_modes", "Shared failure modes", true), new("modes", "Which"),
            new("joint", "Both fail", true), new("independent", "If independent", true), new("effect", "Effect of dependence", true),
        ],
        [
            .. pairs.Select(pair => (Pair: pair, Modes: Shared(bound, pair.Techniques[0], pair.Techniques[1])))
                .OrderByDescending(row => row.Modes.Count).Select(row => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(row.Pair.Techniques[0]), TableEntry.Of(row.Pair.Techniques[1]), TableEntry.Of(row.Modes.Count),
                TableEntry.Of(string.Join(", ", row.Modes)),
                new TableEntry(RiskWords.Headline(row.Pair), Show.Chance(RiskWords.Headline(row.Pair))),
                new TableEntry(row.Pair.Independent, Show.Chance(row.Pair.Independent)),
                new TableEntry(row.Pair.DependenceEffect, Show.Times(row.Pair.DependenceEffect)),
            ]),
        ]);
}
