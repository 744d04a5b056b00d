using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>Two estimates of one portfolio.</summary>
/// <param name="Range">What the uncertainty of the ratings makes of <paramref name="Shared"/>, 5 % to 95 %, or null.</param>
public sealed record BarPair(string Name, string Detail, double Shared, double Independent, string Effect, UncertaintyQuantiles? Range);

/// <summary>Portfolios with shared failure modes against the same portfolios if failures were independent.</summary>
public sealed record SharedBars(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<BarPair> Pairs)
    : Figure(Bound, RiskFigures.Together, Title, Reads, Legend, Table, typeof(SharedBarsPicture))
{
    public static SharedBars Of(Bound bound, RiskReport report, RiskUncertainty? uncertainty)
    {
        var shown = report.Portfolios.Where(risk => risk.Techniques.Count > 1);
        var ranges = uncertainty?.Uncertainty.Portfolios.ToDictionary(one => RiskWords.Ids(one.Techniques), one => one.Quantiles);
        return Of(
            bound, RiskFigures.Together, "How often everything fails at once",
            "The brown bar is the judged chance that all techniques of the portfolio fail together, the hatched one what it would be if "
            + "their failures were independent; the longer the brown one beside it, the more protection is lost.",
            report.Statement,
            [
                .. shown.Select(risk => new BarPair(
                    RiskWords.Name(bound, risk), RiskWords.Ids(risk.Techniques), RiskWords.Headline(risk), risk.Independent,
                    RiskWords.Effect(risk) + (risk.Incomplete ? ", incomplete" : ""),
                    ranges?.GetValueOrDefault(RiskWords.Ids(risk.Techniques)))),
            ],
            report.Portfolios);
    }

    /// <param name="portfolios">What the table twin lists.</param>
    /// <param name="by">What tells the pairs apart when they are of one portfolio, the first column; null when the portfolio does.</param>
    public static SharedBars Of(
        Bound bound, string name, string title, string reads, string statement, IReadOnlyList<BarPair> pairs,
        IReadOnlyList<PortfolioRisk> portfolios, TableColumn? by = null) =>
        new(bound, title, reads, Marks(pairs.Any(pair => pair.Range is not null)), By(by, pairs, Rows(bound, portfolios)), pairs)
        {
            Name = name,
            Caution = statement,
        };

    /// <summary>The first named portfolio under every lens there is a report of; null when none is named.</summary>
    public static SharedBars? OfLenses(Bound bound, IReadOnlyList<RiskReport> reports)
    {
        var name = reports.SelectMany(report => report.Portfolios).FirstOrDefault(risk => risk.Name is not null)?.Name;
        var found = reports.Select(report => (report.Lens, Risk: report.Portfolios.FirstOrDefault(risk => risk.Name == name)))
            .Where(pair => name is not null && pair.Risk is not null).ToArray();
        if (found is not [var first, ..]) return null;
        var techniques = string.Join(", ", first.Risk!.Techniques.Select(id => bound.Matrix!.Techniques.Name(id)));
        return Of(
            bound, RiskFigures.Lost, "How much protection shared failure modes take away",
            $"The portfolio {name} uses {techniques} together. The brown bar is the judged chance that all of them fail at once, the "
            + "hatched one what it would be if their failures were independent.",
            reports[0].Statement,
            [
                .. found.Select(pair => new BarPair(
                    Lenses.Name(pair.Lens), RiskWords.Ids(pair.Risk!.Techniques), RiskWords.Headline(pair.Risk), pair.Risk.Independent,
                    RiskWords.Effect(pair.Risk), null)),
            ],
            [.. found.Select(pair => pair.Risk!)], new("of_lens", "Lens")) with
        {
            Lens = string.Join(" and ", found.Select(pair => pair.Lens)),
        };
    }

    private static LegendItem[] Marks(bool hasRanges) =>
    [
        new(new Mark("bar", Palette.Shared), "with shared failure modes"),
        new(new Mark("hatched", Palette.Naive), "if failures were independent"),
        .. hasRanges ? [new LegendItem(new Mark("line", "#111111"), "90% of what the ratings leave open")] : Array.Empty<LegendItem>(),
    ];

    private static FigureTable By(TableColumn? by, IReadOnlyList<BarPair> pairs, FigureTable table) => by is null ? table : table with
    {
        Columns = [by, .. table.Columns],
        Rows = [.. pairs.Zip(table.Rows, (pair, row) => (IReadOnlyList<TableEntry>)[TableEntry.Of(pair.Name), .. row])],
    };

    private static FigureTable Rows(Bound bound, IReadOnlyList<PortfolioRisk> portfolios) => new(
        "The portfolios and their numbers",
        [
            new("portfolio", "Portfolio"), new("techniques", "Techniques"), new("headline", "Fail together", true),
            new("joint", "Cells independent", true), new("independent", "If independent", true),
            new("dependence_effect", "Effect of dependence", true), new("effective_layers", "Effective layers", true),
            new("with_floor", "With unmodelled floor", true), new("safety_tax", "Safety tax", true), new("incomplete", "Incomplete"),
        ],
        [
            .. portfolios.Select(risk => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(RiskWords.Name(bound, risk)), TableEntry.Of(RiskWords.Ids(risk.Techniques)),
                Chance(RiskWords.Headline(risk)), Chance(risk.Joint), Chance(risk.Independent),
                new TableEntry(risk.DependenceEffect, Show.Times(risk.DependenceEffect)),
                new TableEntry(risk.EffectiveLayers, risk.EffectiveLayers is { } layers
                    ? $"{Show.Fixed(layers, 1)} of {Show.Count(risk.Techniques.Count)}" : "–"),
                Chance(risk.JointWithFloor), TableEntry.Percent(risk.SafetyTax), TableEntry.Of(risk.Incomplete ? "yes" : "no"),
            ]),
        ]);

    private static TableEntry Chance(double value) => new(value, Show.Chance(value));
}
