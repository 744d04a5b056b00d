using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Risk;

/// <summary>One portfolio by cost and risk.</summary>
/// <param name="IsBest">No other costs no more and fails no more often.</param>
public sealed record ParetoPoint(string Name, int Size, double Tax, double Risk, bool IsBest, bool IsNamed);

/// <summary>Every portfolio: what it costs and how often all of it fails.</summary>
/// <param name="Points">By tax, then risk.</param>
/// <param name="LeftOut">Portfolios without a known tax, or that cannot fail, which no logarithm shows.</param>
public sealed record ParetoPlot(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<ParetoPoint> Points,
    int LeftOut)
    : Figure(Bound, RiskFigures.Pareto, Title, Reads, Legend, Table, typeof(ParetoPlotPicture))
{
    public static ParetoPlot Of(Bound bound, RiskReport all)
    {
        var points = PointsOf(bound, all.Portfolios);
        return new ParetoPlot(
            bound, "What protection costs",
            "Each dot is a portfolio: further right costs more, lower fails less often (the scale is logarithmic); on the brown line "
            + "are those that nothing beats at their cost.",
            [
                new(new Mark("dot", Palette.Shared), "nothing is better at this cost"),
                new(new Mark("dot", "#9aa0aa"), "beaten by another"),
                new(new Mark("ring", Palette.Naive), "named portfolio"),
            ],
            Rows(points), points, all.Portfolios.Count - points.Count)
        {
            Caution = all.Statement,
        };
    }

    private static List<ParetoPoint> PointsOf(Bound bound, IReadOnlyList<PortfolioRisk> portfolios)
    {
        var points = new List<ParetoPoint>();
        var least = double.PositiveInfinity;
        foreach (var risk in portfolios.Where(risk => risk.SafetyTax is not null && RiskWords.Headline(risk) > 0)
            .DistinctBy(risk => RiskWords.Ids(risk.Techniques)).OrderBy(risk => risk.SafetyTax).ThenBy(RiskWords.Headline))
        {
            var joint = RiskWords.Headline(risk);
            points.Add(new ParetoPoint(
                risk.Name is { } name ? $"{name} ({RiskWords.Ids(risk.Techniques)})" : RiskWords.Name(bound, risk), risk.Techniques.Count,
                risk.SafetyTax!.Value, joint, joint < least, risk.Name is not null));
            least = Math.Min(least, joint);
        }

        return points;
    }

    private static FigureTable Rows(List<ParetoPoint> points) => new(
        "Every portfolio, the least risk first",
        [
            new("portfolio", "Portfolio"), new("size", "Techniques", true), new("safety_tax", "Safety tax", true),
            new("risk", "Fail together", true), new("undominated", "Nothing better at this cost"),
        ],
        [
            .. points.OrderBy(point => point.Risk).Select(point => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(point.Name), TableEntry.Of(point.Size), new TableEntry(point.Tax, Show.Percent(point.Tax)),
                new TableEntry(point.Risk, Show.Chance(point.Risk)), TableEntry.Of(point.IsBest ? "yes" : "no"),
            ]),
        ]);
}
