using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;

namespace AlignmentMesh.RiskScoring.Service.ChoosingTechniques;

/// <summary>Portfolios as RFC 4180 CSV, one row each place in the answer.</summary>
internal static class FrontierCsv
{
    private const string Columns =
        "risk,place,techniques,safety_tax,joint,joint_low,joint_high,dominated_by";

    public static string Of(RiskFrontier answer) => RiskCsv.Table(
        answer.Study, answer.Label, answer.Version, answer.Lens, answer.Method, answer.MatrixDigest, answer.Statement, Columns,
        [
            .. answer.Frontier.Select(portfolio => Row(answer, "frontier", portfolio, null)),
            .. answer.Best.Select(portfolio => Row(answer, $"best-of-{portfolio.Techniques.Count}", portfolio, null)),
            .. answer.Dominated.Select(pair => Row(answer, "dominated", pair.Portfolio, pair.By)),
        ]);

    private static string[] Row(RiskFrontier answer, string place, RankedPortfolio portfolio, RankedPortfolio? by) =>
    [
        answer.Risk, place, RiskCsv.Ids(portfolio.Techniques), RiskCsv.Number(portfolio.SafetyTax), RiskCsv.Number(portfolio.Joint),
        RiskCsv.Number(portfolio.JointRange[0]), RiskCsv.Number(portfolio.JointRange[1]), by is null ? "" : RiskCsv.Ids(by.Techniques),
    ];
}
