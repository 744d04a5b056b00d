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
    /// <exception cref="RiskInputException">No exact way takes at most some seconds.</exception>
    public static IReadOnlyList<LayerWorth> LeaveOneOut(RiskModel portfolio)
    {
        var t = portfolio.Techniques.Count;
        if (t > FailedSets.LargestPortfolio)
        {
            var joint = LargeJoint.ExactOf(portfolio, t + 1);
            return [.. portfolio.Techniques.Select((technique, i) => Worth(
                technique, joint, LargeJoint.ExactOf(portfolio.Of([.. Enumerable.Range(0, t).Where(k => k != i)]), t + 1) - joint))];
        }

        var exactly = Distribution(portfolio);
        var all = exactly.Length - 1;
        return [.. portfolio.Techniques.Select((technique, i) => Worth(technique, exactly[all], exactly[all & ~(1 << i)]))];
    }

    private static LayerWorth Worth(string technique, double joint, double benefit)
    {
        var without = Math.Min(joint + Math.Max(0, benefit), 1);
        return new LayerWorth(technique, without, Math.Max(0, benefit), without == 0 ? null : Math.Min(joint / without, 1));
    }

    /// <summary>
    /// P(at least k of the portfolio's techniques fail), k = 0..t. A portfolio of t that needs r layers to hold fails with the
    /// probability at k = t - r + 1.
    /// </summary>
    /// <inheritdoc cref="LeaveOneOut" path="/param"/>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestPortfolio"/> techniques, or too much work.</exception>
    public static double[] AtLeast(RiskModel portfolio)
    {
        var exactly = Distribution(portfolio);
        var atLeast = new double[portfolio.Techniques.Count + 1];
        for (var failed = 0; failed < exactly.Length; failed++) atLeast[BitOperations.PopCount((uint)failed)] += exactly[failed];
        return Summed(atLeast);
    }

    /// <summary>The same if the techniques failed independently of each other.</summary>
    /// <param name="alone">Every technique's own failure probability.</param>
    internal static double[] AtLeastIfIndependent(ReadOnlySpan<double> alone)
    {
        var exactly = new double[alone.Length + 1];
        exactly[0] = 1;
        for (var i = 0; i < alone.Length; i++)
            for (var k = i + 1; k >= 0; k--)
                exactly[k] = (1 - alone[i]) * exactly[k] + (k == 0 ? 0 : alone[i] * exactly[k - 1]);
        return Summed(exactly);
    }

    private static double[] Summed(double[] exactly)
    {
        for (var k = exactly.Length - 2; k >= 0; k--) exactly[k] += exactly[k + 1];
        for (var k = 0; k < exactly.Length; k++) exactly[k] = Math.Min(exactly[k], 1);
        return exactly;
    }

    private static double[] Distribution(RiskModel portfolio)
    {
        FailedSets.ThrowUnlessPortfolio(portfolio.Techniques.Count);
        WorkLimit.ThrowIfMoreThanTable(portfolio);
        return FailedSets.Distribution(portfolio);
    }
}
