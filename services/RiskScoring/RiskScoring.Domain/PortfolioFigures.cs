namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What follows from a portfolio's joint and its techniques' own failures; of a sampled joint no more digits than it carries.
/// </summary>
/// <param name="Independent">Product of the techniques' own failure probabilities.</param>
/// <param name="DependenceEffect">Joint by Independent; null when that is 0.</param>
internal sealed record PortfolioFigures(
    double Independent, double? DependenceEffect, double? EffectiveLayers, double WithFloor, IReadOnlyList<double> Frechet)
{
    /// <param name="error">Standard error of a sampled joint, null for an exact one.</param>
    internal static PortfolioFigures Of(RiskModel portfolio, double joint, double? error, double unmodelledFloor)
    {
        var alone = PortfolioMeasures.Alone(portfolio);
        var independent = PortfolioMeasures.Independent(alone);
        var (low, high) = PortfolioMeasures.Frechet(alone);
        var layers = PortfolioMeasures.EffectiveLayers(joint, alone);
        return new PortfolioFigures(
            independent, independent == 0 ? null : Supported(joint / independent, slope: 1 / independent),
            layers is { } number ? Supported(number, slope: number / (joint * Math.Log(joint))) : null,
            Supported(PortfolioMeasures.WithFloor(joint, unmodelledFloor), slope: 1 - unmodelledFloor), [low, high]);

        double Supported(double value, double slope) =>
            error is { } known ? LargeJoint.Supported(value, Math.Abs(slope) * known).Value : value;
    }
}
