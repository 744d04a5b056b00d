using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// How far every two techniques fail together, in closed form and O(m) a pair: with G_i = prod_j (1 - pi_j v_ij) the chance that i
/// holds, Cov(i, k) = G_i G_k expm1(sum_j log1p(pi_j (1 - pi_j) v_ij v_kj / ((1 - pi_j v_ij)(1 - pi_j v_kj)))).
/// P(i and k) - p_i p_k would lose the covariance of nearly independent techniques to rounding; here all terms are positive.
/// </summary>
public static class Overlap
{
    /// <returns>Every pair once, in the model's order.</returns>
    public static IReadOnlyList<TechniquePair> Of(RiskModel model)
    {
        var n = model.Techniques.Count;
        return [.. Enumerable.Range(0, n).SelectMany(a => Enumerable.Range(a + 1, n - a - 1).Select(b => Of(model, a, b)))];
    }

    /// <param name="a">Index of a technique.</param>
    /// <param name="b">Index of another one.</param>
    public static TechniquePair Of(RiskModel model, int a, int b)
    {
        var (logA, logB, logExcess, least, most) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            var (likelihood, va, vb) = (model.Likelihoods[j], model.Means(j)[a], model.Means(j)[b]);
            logA += PortfolioMeasures.LogOnePlus(-likelihood * va);
            logB += PortfolioMeasures.LogOnePlus(-likelihood * vb);

            // A mode that is certain adds nothing to the covariance, and 0 / 0 where it is certain to defeat one of the two.
            if (likelihood is > 0 and < 1)
                logExcess += PortfolioMeasures.LogOnePlus(
                    likelihood * (1 - likelihood) * (va * vb) / ((1 - likelihood * va) * (1 - likelihood * vb)));
            least += Math.Min(va, vb);
            most += Math.Max(va, vb);
        }

        var (fails, holds) = ((A: -PortfolioMeasures.ExpMinusOne(logA), B: -PortfolioMeasures.ExpMinusOne(logB)),
            (A: Math.Exp(logA), B: Math.Exp(logB)));
        var covariance = holds.A * holds.B * PortfolioMeasures.ExpMinusOne(logExcess);
        var joint = Math.Min(fails.A * fails.B + covariance, Math.Min(fails.A, fails.B));
        return new TechniquePair(
            model.Techniques[a], model.Techniques[b], joint,
            AtMostOne(Ratio(covariance, Math.Sqrt(fails.A * holds.A) * Math.Sqrt(fails.B * holds.B))),
            AtMostOne(logA >= logB ? Ratio(covariance, fails.A, holds.B) : Ratio(covariance, fails.B, holds.A)),
            Ratio(joint, fails.B), Ratio(joint, fails.A), Ratio(joint, fails.A + fails.B - joint), Ratio(least, most));
    }

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;

    // The product of two tiny numbers may be 0 where the quotient is not.
    private static double? Ratio(double part, double first, double second) => first > 0 && second > 0 ? part / first / second : null;

    private static double? AtMostOne(double? share) => share > 1 ? 1 : share;
}
