using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How risk is laid out, from files and from services alike.</summary>
internal static class RiskSheets
{
    private const int LongestSpelledOut = 3;

    /// <param name="beside">The same under the lens crisp, or null.</param>
    public static Sheet Importance(
        IReadOnlyList<FailureModeImportance> modes, string portfolio, IReadOnlyList<FailureModeImportance>? beside = null) => Sheet.Build(
        $"Importance of the failure modes for {portfolio}",
        [.. modes.OrderByDescending(mode => mode.Criticality ?? -1)],
        [
            new("failure mode", (mode, _) => mode.FailureMode),
            new("criticality", (mode, _) => Show.Percent(mode.Criticality)),
            new(
                "crisp", (mode, _) => Show.Percent(beside!.First(other => other.FailureMode == mode.FailureMode).Criticality),
                beside is not null),
            new("Birnbaum", (mode, _) => Show.Number(mode.Birnbaum)),
            new("diagnostic", (mode, _) => Show.Percent(mode.Diagnostic)),
            new("RAW", (mode, _) => Show.Number(mode.Raw)),
            new("RRW", (mode, _) => Show.Number(mode.Rrw)),
        ]);

    /// <summary>The headline first; what is the same for every portfolio is left out.</summary>
    /// <param name="beside">The same portfolios under the lens crisp, or null.</param>
    public static Sheet Portfolios(IReadOnlyList<PortfolioRisk> portfolios, IReadOnlyList<PortfolioRisk>? beside)
    {
        var hasUncertainty = portfolios.Any(portfolio => portfolio.JointSharedByMode is not null);
        return Sheet.Build(
            null, portfolios,
            [
                new("portfolio", (portfolio, _) => Name(portfolio)),
                new("joint", (portfolio, _) => Show.Number(portfolio.JointSharedByMode), hasUncertainty),
                new("crisp", (_, row) => Show.Number(beside![row].Joint), beside is not null),
                new(hasUncertainty ? "cells independent" : "joint", (portfolio, _) => Show.Number(portfolio.Joint)),
                new("independent", (portfolio, _) => Show.Number(portfolio.Independent)),
                new("dependence effect", (portfolio, _) => Show.Number(portfolio.DependenceEffect)),
                new("effective layers", (portfolio, _) => Show.Number(portfolio.EffectiveLayers)),
                new(
                    "safety tax", (portfolio, _) => Show.Number(portfolio.SafetyTax),
                    portfolios.Any(portfolio => portfolio.SafetyTax is not null)),
                new(
                    "complete", (portfolio, _) => portfolio.Incomplete ? "no" : "yes",
                    portfolios.Any(portfolio => portfolio.Incomplete)),
            ]);
    }

    /// <summary>What the numbers take for granted, and what they are.</summary>
    public static IEnumerable<string> Assumptions(string statement, RiskAssumptions assumptions)
    {
        yield return statement;
        yield return $"Chance of a failure mode outside the catalogue: {Show.Number(assumptions.UnmodelledFloor)} (not in joint).";
        if (assumptions.AssumedLikelihoods is { Count: > 0 } assumed)
            yield return $"Likelihood assumed, since nobody rated it: {string.Join(", ", assumed)}.";
        if (assumptions.UnratedCells is { Count: > 0 } unrated)
            yield return $"Not rated, taken as anything from 0 to 1: {string.Join(", ", unrated)}.";
    }

    private static string Name(PortfolioRisk portfolio) =>
        portfolio.Name is { } name && portfolio.Techniques.Count > LongestSpelledOut ? name : string.Join("+", portfolio.Techniques);
}
