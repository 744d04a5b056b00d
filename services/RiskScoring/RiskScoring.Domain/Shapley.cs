using System.Numerics;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Shapley values of the techniques of one portfolio, exactly, from R of all its parts: technique i gets the sum over parts T with
/// i of (t - 1)! (n - t)! / n! times what it adds to T \ i (Shapley 1953). Two games: v(T) = 1 - R(T), and v(T) = -log10 R(T)
/// in decades of protection, where a technique gets -log10 p_i when failures are independent, so that what overlap costs shows.
/// </summary>
public static class Shapley
{
    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques, or too much work.</exception>
    public static IReadOnlyList<ShapleyValue> Of(RiskModel portfolio)
    {
        var n = portfolio.Techniques.Count;
        FailedSets.ThrowUnlessTable(portfolio);
        WorkLimit.ThrowIfMoreThanTable(portfolio);
        var joint = new double[1 << n];
        FailedSets.JointOfAll(portfolio, joint);
        var linear = Values(joint, n);
        var canFail = joint[^1] > 0;
        if (canFail)
            for (var part = 0; part < joint.Length; part++) joint[part] = Math.Log10(joint[part]);
        var decades = canFail ? Values(joint, n) : null;
        return [.. portfolio.Techniques.Select((technique, i) => new ShapleyValue(technique, linear[i], decades?[i]))];
    }

    /// <param name="worth">Of every part; what a technique takes away from it is the technique's share.</param>
    private static double[] Values(double[] worth, int n)
    {
        var weights = Weights(n);
        var values = new double[n];
        for (var i = 0; i < n; i++)
            for (var part = 0; part < worth.Length; part++)
                if ((part >> i & 1) == 0)
                    values[i] += weights[BitOperations.PopCount((uint)part)] * (worth[part] - worth[part | 1 << i]);
        return values;
    }

    /// <summary>s! (n - 1 - s)! / n! = 1 / (n C(n - 1, s)) for a part of s others.</summary>
    private static double[] Weights(int n)
    {
        var weights = new double[n];
        var choices = 1.0;
        for (var s = 0; s < n; s++)
        {
            weights[s] = 1 / (n * choices);
            choices = choices * (n - 1 - s) / (s + 1);
        }

        return weights;
    }
}
