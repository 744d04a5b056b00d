using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Portfolios of one model as answers list them. Up to <see cref="ScoreRisk.LargestListed"/> techniques all is exact; a larger
/// portfolio is exact where that takes little, else sampled.
/// </summary>
/// <param name="withPosteriors">Whether the cells' uncertainty is a posterior that modes can share.</param>
/// <param name="mostWork">Multiplications that one number of a large portfolio may take.</param>
internal sealed class MeasuredPortfolios(RiskInputs inputs, bool withPosteriors, double mostWork, LeftOut left)
{
    private readonly JointFailure _joint = new(inputs.Model, FailedSets.JointOfAll, FailedSets.Joint);
    private readonly JointFailure _shared = new(inputs.Model, SharedByMode.JointOfAll, SharedByMode.Joint);
    private readonly JointFailure _lowest = new(inputs.Model.WithUnratedAt(0), FailedSets.JointOfAll, FailedSets.Joint);
    private readonly JointFailure _highest = new(inputs.Model.WithUnratedAt(1), FailedSets.JointOfAll, FailedSets.Joint);

    private double _sharedWork;

    private RiskModel Model => inputs.Model;

    /// <param name="portfolio">Distinct indexes of techniques.</param>
    /// <exception cref="RiskInputException">More cells than <see cref="LargeJoint.MostCells"/>.</exception>
    internal PortfolioRisk Of(int[] portfolio, string? name)
    {
        var model = Model.Of(portfolio);
        var estimate = IsLarge(portfolio) ? Estimate(model) : null;
        var joint = estimate?.Joint ?? _joint.Of(portfolio);
        var figures = PortfolioFigures.Of(model, joint, estimate?.StandardError, inputs.Assumptions.UnmodelledFloor);
        return new PortfolioRisk(
            name, model.Techniques, joint, withPosteriors ? Shared(portfolio) : null, figures.WithFloor, figures.Independent,
            figures.DependenceEffect, figures.EffectiveLayers, figures.Frechet, UnratedBounds(portfolio, model, joint), model.SafetyTax(),
            model.HasUnrated, estimate is { StandardError: not null } ? estimate : null);
    }

    internal static bool IsLarge(int[] portfolio) => portfolio.Length > ScoreRisk.LargestListed;

    private JointEstimate Estimate(RiskModel portfolio) => LargeJoint.Of(portfolio, LargeJoint.StandardSeed, residual: 0, mostWork);

    private double? Shared(int[] portfolio)
    {
        // Where all portfolios come from one table, it is the table that takes long.
        var n = Model.Techniques.Count;
        var (t, m) = (n <= ScoreRisk.LargestListed ? n : portfolio.Length, Model.FailureModes.Count);
        var work = t <= FailedSets.LargestPortfolio ? SharedByMode.WorkOf(t, m) : double.PositiveInfinity;
        if (work <= mostWork && (t == n || _sharedWork + work <= WorkLimit.Report))
        {
            _sharedWork += work;
            return _shared.Of(portfolio);
        }

        left.Add("jointSharedByMode", $"of {t} techniques with {m} failure modes it takes too long");
        return null;
    }

    private double[] UnratedBounds(int[] portfolio, RiskModel model, double joint)
    {
        if (!model.HasUnrated) return [joint, joint];
        if (!IsLarge(portfolio)) return [_lowest.Of(portfolio), _highest.Of(portfolio)];
        var (low, high) = (Estimate(model.WithUnratedAt(0)), Estimate(model.WithUnratedAt(1)));
        return [low.Bracket?[0] ?? low.Joint, high.Bracket?[1] ?? high.Joint];
    }
}
