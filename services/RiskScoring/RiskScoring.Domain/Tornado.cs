using AlignmentMesh.Contracts;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The risk of a portfolio with one thing that is not known at its 5 % and its 95 % quantile and all else at its mean, widest swing
/// first. R is linear in every number, so for one cell or likelihood the two ends say all there is to say. An organisation's leaning
/// moves all that it rated, each as far as its share in it.
/// </summary>
internal static class Tornado
{
    private const double Tail = 0.05;

    /// <param name="portfolio">Indexes of its techniques.</param>
    internal static IReadOnlyList<UncertaintySwing> Of(RiskKnowledge knowledge, IReadOnlyList<int> portfolio)
    {
        var swings = knowledge.Factors.Select((factor, place) => new UncertaintySwing(
            factor.Kind, factor.Name, RiskAt(knowledge, portfolio, place, Tail), RiskAt(knowledge, portfolio, place, 1 - Tail)));
        return [.. swings.OrderByDescending(swing => swing.High - swing.Low)];
    }

    private static double RiskAt(RiskKnowledge knowledge, IReadOnlyList<int> portfolio, int factor, double quantile) =>
        FailedSets.Joint(knowledge.At(input => input.Factors.Contains(factor)
            ? BetaQuantile.Of(input.Mean, input.Sd, ShareOf(quantile, input.Factors.Count))
            : input.Mean).Of(portfolio));

    /// <summary>The uniform of a number of which one of so many factors is at the quantile and the others in the middle.</summary>
    private static double ShareOf(double quantile, int factors) => factors == 1
        ? quantile
        : Normal.CDF(0, 1, Normal.InvCDF(0, 1, quantile) / Math.Sqrt(factors));
}
