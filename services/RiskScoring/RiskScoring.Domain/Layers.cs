using System.Numerics;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What the layers of one portfolio are worth, from one distribution of the set that fails.</summary>
public static class Layers
{
    /// <summary>
    /// Leave-one-out: R(T \ i) - R(T) = P(exactly all others fail), a positive term of its own, and R(T) / R(T \ i) =
    /// P(i fails | all others failed), one over the technique's risk achievement worth.
    /// </summary>
    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestPortfolio"/> techniques.</exception>
    public static IReadOnlyList<LayerWorth> LeaveOneOut(RiskModel portfolio)
    {
        var exactly = FailedSets.Distribution(portfolio);
        var all = exactly.Length - 1;
        return [.. portfolio.Techniques.Select((technique, i) =>
        {
            var benefit = exactly[all & ~(1 << i)];
            var without = Math.Min(exactly[all] + benefit, 1);
            return new LayerWorth(technique, without, benefit, without == 0 ? null : Math.Min(exactly[all] / without, 1));
        })];
    }

    /// <summary>
    /// P(at least k of the portfolio's techniques fail), k = 0..t. A portfolio of t that needs r layers to hold fails with the
    /// probability at k = t - r + 1.
    /// </summary>
    /// <inheritdoc cref="LeaveOneOut" path="/param"/>
    /// <inheritdoc cref="LeaveOneOut" path="/exception"/>
    public static double[] AtLeast(RiskModel portfolio)
    {
        var exactly = FailedSets.Distribution(portfolio);
        var atLeast = new double[portfolio.Techniques.Count + 1];
        for (var failed = 0; failed < exactly.Length; failed++) atLeast[BitOperations.PopCount((uint)failed)] += exactly[failed];
        for (var k = atLeast.Length - 2; k >= 0; k--) atLeast[k] += atLeast[k + 1];
        for (var k = 0; k < atLeast.Length; k++) atLeast[k] = Math.Min(atLeast[k], 1);
        return atLeast;
    }
}
