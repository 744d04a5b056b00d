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
    public IReadOnlyList<OfflinePortfolio> Portfolios() => Listed(Model.Build(), listAll: Portfolio is null, []);

    /// <summary>All there is to say, with every portfolio where <see cref="Portfolios"/> could list them.</summary>
    /// <inheritdoc cref="Portfolios" path="/exception"/>
    public OfflineRisk Report()
    {
        var model = Model.Build();
        var asked = model.Of(Asked(model));
        var left = new List<string>();
        return new OfflineRisk(
            ScoreRisk.Method, Assumptions, Listed(model, listAll: true, left),
            Unless("importance", () => Importance.OfAnySize(asked)),
            [.. Overlap.Of(asked).Select(pair => new OfflinePair(pair.A, pair.B, pair.Phi, pair.AGivenB, pair.Jaccard))],
            Unless("shapley", () => Shapley.Of(asked)),
            [.. Unless("leaveOneOut", () => Layers.LeaveOneOut(asked)).Select(layer => new OfflineLayer(layer.Technique, layer.Ratio))],
            Unless<double>("atLeast", () => Layers.AtLeast(asked)), Unless("pareto", () => Choice.Of(model, Model.Unsettled()).Frontier()),
            Unless("cells", () => CellImportances.Of(asked)), left);

        IReadOnlyList<T> Unless<T>(string what, Func<IReadOnlyList<T>> answer)
        {
            try
            {
                return answer();
            }
            catch (RiskInputException tooLarge)
            {
                left.Add($"{what}: {tooLarge.Message}");
                return [];
            }
        }
    }

    private int[] Asked(RiskModel model) => model.IndexesOf(Portfolio ?? model.Techniques);

    private OfflinePortfolio[] Listed(RiskModel model, bool listAll, List<string> left)
    {
        RiskInputException.ThrowUnlessProbability(Assumptions.UnmodelledFloor, "floor");
        RiskInputException.ThrowUnlessProbability(Assumptions.ResidualBeta ?? 0, "residual-beta");
        var (n, m, asked) = (model.Techniques.Count, model.FailureModes.Count, Asked(model));
        var all = listAll && n <= ScoreRisk.LargestListed;
        var sets = all ? [.. ScoreRisk.AllOf(n)] : new[] { asked };
        // Each of the 2^n portfolios goes through the 2^m sets of failure modes.
        var residualOfAll = n / 2.0 * Math.Pow(2, n + m) <= WorkLimit.Most;
        if (Assumptions.ResidualBeta is not null && all && !residualOfAll)
            left.Add($"jointWithResidual: of the asked portfolio only; all of {n} techniques with {m} failure modes take too long");
        return [.. sets.Select(set => Measure(model.Of(set), residualOfAll || set.SequenceEqual(asked)))];
    }

    private OfflinePortfolio Measure(RiskModel portfolio, bool residual)
    {
        var alone = Enumerable.Range(0, portfolio.Techniques.Count).Select(i => PortfolioMeasures.Alone(portfolio, i)).ToArray();
        var large = portfolio.Techniques.Count > ScoreRisk.LargestListed ? LargeJoint.Of(portfolio) : null;
        var (joint, independent) = (large?.Joint ?? FailedSets.Joint(portfolio), PortfolioMeasures.Independent(alone));
        var (low, high) = PortfolioMeasures.Frechet(alone);
        var layers = PortfolioMeasures.EffectiveLayers(joint, alone);
        return new OfflinePortfolio(
            portfolio.Techniques, joint, independent,
            independent == 0 ? null : Supported(joint / independent, slope: 1 / independent),
            layers is { } number ? Supported(number, slope: number / (joint * Math.Log(joint))) : null, [low, high],
            Supported(PortfolioMeasures.WithFloor(joint, Assumptions.UnmodelledFloor), slope: 1 - Assumptions.UnmodelledFloor),
            residual && Assumptions.ResidualBeta is { } beta ? LargeJoint.Of(portfolio, residual: beta).Joint : null,
            large is { StandardError: not null } ? large : null);

        // What follows from a sampled joint has no more digits than it.
        double Supported(double value, double slope) =>
            large?.StandardError is { } error ? LargeJoint.Supported(value, Math.Abs(slope) * error).Value : value;
    }
}
