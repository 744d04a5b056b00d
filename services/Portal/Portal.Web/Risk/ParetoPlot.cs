using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>One portfolio by cost and risk.</summary>
/// <param name="Range">The risk with every cell that is not settled at its lowest and at its highest.</param>
/// <param name="BeatenBy">A portfolio that costs no more and fails no more often; null on the frontier.</param>
public sealed record ParetoPoint(
    string Name, int Size, double Tax, double Risk, IReadOnlyList<double> Range, string? BeatenBy, bool IsNamed)
{
    public bool IsBest => BeatenBy is null;
}

/// <summary>Every portfolio: what it costs and how often all of it fails.</summary>
/// <param name="Points">By tax, then risk.</param>
/// <param name="LeftOut">Why some portfolios are not there.</param>
public sealed record ParetoPlot(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<ParetoPoint> Points,
    IReadOnlyList<string> LeftOut)
    : Figure(Bound, RiskFigures.Pareto, Title, Reads, Legend, Table, typeof(ParetoPlotPicture))
{
    public static ParetoPlot Of(Bound bound, RiskFrontier frontier)
    {
        var all = All(bound, frontier).OrderBy(point => point.Tax).ThenBy(point => point.Risk).ToArray();
        return new ParetoPlot(
            bound, "What protection costs",
            "Each dot is a portfolio: further right costs more, lower fails less often (the scale is logarithmic); on the brown line "
            + "are those that nothing beats at their cost, each with a bar for what cells that are not settled leave open.",
            [
                new(new Mark("dot", Palette.Shared), "nothing is better at this cost"),
                new(new Mark("line", Palette.Shared), "least risk for what it costs"),
                new(new Mark("upright", Palette.Shared), "what cells that are not settled leave open"),
                new(new Mark("dot", "#9aa0aa"), "beaten by another"),
                new(new Mark("ring", Palette.Naive), "named portfolio"),
            ],
            Rows(all), [.. all.Where(point => point.Risk > 0)], Reasons(bound, frontier, all))
        {
            Caution = frontier.Statement,
        };
    }

    private static IEnumerable<ParetoPoint> All(Bound bound, RiskFrontier frontier)
    {
        var names = bound.Matrix!.Portfolios.DistinctBy(named => Key(named.Techniques))
            .ToDictionary(named => Key(named.Techniques), named => named.Name);
        return
        [
            .. frontier.Frontier.Select(portfolio => Point(portfolio, null)),
            .. frontier.Dominated.Select(one => Point(one.Portfolio, RiskWords.Ids(one.By.Techniques))),
        ];

        ParetoPoint Point(RankedPortfolio portfolio, string? by)
        {
            var (ids, name) = (RiskWords.Ids(portfolio.Techniques), names.GetValueOrDefault(Key(portfolio.Techniques)));
            return new ParetoPoint(
                name is null ? ids : $"{name} ({ids})", portfolio.Techniques.Count, portfolio.SafetyTax!.Value, portfolio.Joint,
                portfolio.JointRange, by, name is not null);
        }
    }

    private static string Key(IEnumerable<string> techniques) => string.Join(' ', techniques.Order(StringComparer.Ordinal));

    private static string[] Reasons(Bound bound, RiskFrontier frontier, ParetoPoint[] all)
    {
        var safe = all.Count(point => point.Risk <= 0);
        return
        [
            .. frontier.UnknownTaxes.Select(id =>
                $"Nobody rated the safety tax of {bound.Matrix!.Techniques.Name(id)}: no portfolio with it has a place here."),
            .. safe > 0 ? [$"{Show.Count(safe, "portfolio")} without any risk are in the table only."] : Array.Empty<string>(),
            .. frontier.LeftOut,
        ];
    }

    private static FigureTable Rows(IReadOnlyList<ParetoPoint> points) => new(
        "Every portfolio, the least risk first",
        [
            new("portfolio", "Portfolio"), new("size", "Techniques", true), new("safety_tax", "Safety tax", true),
            new("risk", "Fail together", true), new("low", "At the least", true), new("high", "At the most", true),
            new("beaten_by", "Beaten by"),
        ],
        [
            .. points.OrderBy(point => point.Risk).Select(point => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(point.Name), TableEntry.Of(point.Size), new TableEntry(point.Tax, Show.Percent(point.Tax)),
                Chance(point.Risk), Chance(point.Range[0]), Chance(point.Range[1]), TableEntry.Of(point.BeatenBy),
            ]),
        ]);

    private static TableEntry Chance(double risk) => new(risk, Show.Chance(risk));
}
