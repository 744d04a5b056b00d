using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Scores a model file: exactly where that takes at most some seconds, sampled or left out with a reason where not.</summary>
/// <param name="Portfolio">Techniques, in any order; null means all of them.</param>
public sealed record ScoreOffline(OfflineModel Model, IReadOnlyList<string>? Portfolio, OfflineAssumptions Assumptions)
{
    /// <summary>
    /// Every portfolio when none is asked for and there are at most <see cref="ScoreRisk.LargestListed"/> techniques, otherwise
    /// the asked one.
    /// </summary>
    /// <exception cref="RiskInputException">The model, the portfolio or an assumption is not as described.</exception>
    public IReadOnlyList<OfflinePortfolio> Portfolios() => Listed(Model.Build(), listAll: Portfolio is null, new LeftOut());

    /// <summary>All there is to say, with every portfolio where <see cref="Portfolios"/> could list them.</summary>
    /// <inheritdoc cref="Portfolios" path="/exception"/>
    public OfflineRisk Report()
    {
        var model = Model.Build();
        var asked = model.Of(Asked(model));
        var left = new LeftOut();
        return new OfflineRisk(
            ScoreRisk.Method, Assumptions, Listed(model, listAll: true, left),
            left.Unless("importance", () => Importance.OfAnySize(asked)),
            [.. Overlap.Of(asked).Select(pair => new OfflinePair(pair.A, pair.B, pair.Phi, pair.AGivenB, pair.Jaccard))],
            left.Unless("shapley", () => Shapley.Of(asked)),
            [.. left.Unless("leaveOneOut", () => Layers.LeaveOneOut(asked)).Select(one => new OfflineLayer(one.Technique, one.Ratio))],
            left.Unless<double>("atLeast", () => Layers.AtLeast(asked)),
            left.Unless("pareto", () => Choice.Of(model, Model.Unsettled()).Frontier()),
            left.Unless("cells", () => CellImportances.Of(asked)), left.Reasons);
    }

    private int[] Asked(RiskModel model) => model.IndexesOf(Portfolio ?? model.Techniques);

    private OfflinePortfolio[] Listed(RiskModel model, bool listAll, LeftOut left)
    {
        RiskInputException.ThrowUnlessProbability(Assumptions.UnmodelledFloor, "floor");
        RiskInputException.ThrowUnlessProbability(Assumptions.ResidualBeta ?? 0, "residual-beta");
        var (n, m, asked) = (model.Techniques.Count, model.FailureModes.Count, Asked(model));
        var all = listAll && n <= ScoreRisk.LargestListed;
        var sets = all ? [.. ScoreRisk.AllOf(n)] : new[] { asked };
        // Each of the 2^n portfolios goes through the 2^m sets of failure modes.
        var residualOfAll = n / 2.0 * Math.Pow(2, n + m) <= WorkLimit.Most;
        if (Assumptions.ResidualBeta is not null && all && !residualOfAll)
            left.Add("jointWithResidual", $"of the asked portfolio only; all of {n} techniques with {m} failure modes take too long");
        return [.. sets.Select(set => Measure(model.Of(set), residualOfAll || set.SequenceEqual(asked)))];
    }

    private OfflinePortfolio Measure(RiskModel portfolio, bool residual)
    {
        var large = portfolio.Techniques.Count > ScoreRisk.LargestListed ? LargeJoint.Of(portfolio) : null;
        var joint = large?.Joint ?? FailedSets.Joint(portfolio);
        var figures = PortfolioFigures.Of(portfolio, joint, large?.StandardError, Assumptions.UnmodelledFloor);
        return new OfflinePortfolio(
            portfolio.Techniques, joint, figures.Independent, figures.DependenceEffect, figures.EffectiveLayers, figures.Frechet,
            figures.WithFloor, residual && Assumptions.ResidualBeta is { } beta ? LargeJoint.Of(portfolio, residual: beta).Joint : null,
            large is { StandardError: not null } ? large : null);
    }
}
