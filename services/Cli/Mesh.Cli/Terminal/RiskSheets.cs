using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How risk is laid out, from files and from services alike.</summary>
internal static class RiskSheets
{
    public static Sheet Importance(IReadOnlyList<FailureModeImportance> modes, string portfolio)
    {
        var sheet = new Sheet("failure mode", "criticality", "Birnbaum", "diagnostic", "RAW", "RRW")
        {
            Title = $"Importance of the failure modes for {portfolio}",
        };
        foreach (var mode in modes.OrderByDescending(mode => mode.Criticality ?? -1))
            sheet.Add(
                mode.FailureMode, Show.Percent(mode.Criticality), Show.Number(mode.Birnbaum), Show.Percent(mode.Diagnostic),
                Show.Number(mode.Raw), Show.Number(mode.Rrw));
        return sheet;
    }

    /// <param name="beside">The same portfolios under the lens crisp, or null.</param>
    public static Sheet Portfolios(IReadOnlyList<PortfolioRisk> portfolios, IReadOnlyList<PortfolioRisk>? beside)
    {
        var withUncertainty = portfolios.Any(portfolio => portfolio.JointSharedByMode is not null);
        string[] columns =
        [
            "portfolio", .. withUncertainty ? new[] { "joint" } : [], withUncertainty ? "cells independent" : "joint",
            .. beside is null ? [] : new[] { "crisp" }, "independent", "dependence effect", "effective layers", "safety tax", "complete",
        ];
        var sheet = new Sheet(columns);
        for (var i = 0; i < portfolios.Count; i++)
        {
            var portfolio = portfolios[i];
            sheet.Add(
            [
                Name(portfolio), .. withUncertainty ? new[] { Show.Number(portfolio.JointSharedByMode) } : [], Show.Number(portfolio.Joint),
                .. beside is null ? [] : new[] { Show.Number(beside[i].Joint) }, Show.Number(portfolio.Independent),
                Show.Number(portfolio.DependenceEffect), Show.Number(portfolio.EffectiveLayers), Show.Number(portfolio.SafetyTax),
                portfolio.Incomplete ? "no" : "yes",
            ]);
        }

        return sheet;
    }

    /// <summary>What the numbers take for granted, and what they are.</summary>
    public static IEnumerable<string> Assumptions(RiskReport report)
    {
        yield return report.Statement;
        yield return $"Chance of a failure mode outside the catalogue: {Show.Number(report.Assumptions.UnmodelledFloor)} (not in joint).";
        if (report.Assumptions.AssumedLikelihoods is { Count: > 0 } assumed)
            yield return $"Likelihood assumed, since nobody rated it: {string.Join(", ", assumed)}.";
        if (report.Assumptions.UnratedCells is { Count: > 0 } unrated)
            yield return $"Not rated, taken as anything from 0 to 1: {string.Join(", ", unrated)}.";
    }

    private static string Name(PortfolioRisk portfolio) => string.Join("+", portfolio.Techniques);
}
