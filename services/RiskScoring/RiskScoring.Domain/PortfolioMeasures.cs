namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What one technique's failure, and several together, would be without shared failure modes.</summary>
public static class PortfolioMeasures
{
    /// <summary>p_i = 1 - prod_j (1 - pi_j v_ij), as -expm1(sum log1p(-pi_j v_ij)): no cancellation for small p.</summary>
    public static double Alone(RiskModel model, int technique)
    {
        var log = 0.0;
        for (var j = 0; j < model.FailureModes.Count; j++) log += LogOnePlus(-model.Likelihoods[j] * model.Means(j)[technique]);
        return -ExpMinusOne(log);
    }

    /// <summary>Of every technique of the model.</summary>
    public static double[] Alone(RiskModel model) => [.. Enumerable.Range(0, model.Techniques.Count).Select(i => Alone(model, i))];

    /// <summary>Product of the techniques' own failure probabilities, in logarithms; 0 when one never fails.</summary>
    public static double Independent(ReadOnlySpan<double> alone)
    {
        var product = 1.0;
        foreach (var p in alone) product *= p;
        // The product of many small numbers is exact until it leaves the normal range; then the logarithm is.
        return product >= SmallestNormal ? product : Math.Exp(LogSum(alone));
    }

    /// <summary>
    /// n_eff = t ln R / sum ln p_i: how many independent layers of the same average strength are worth as much. Null when R is 0
    /// or every p_i is 1.
    /// </summary>
    public static double? EffectiveLayers(double joint, ReadOnlySpan<double> alone)
    {
        var sum = LogSum(alone);
        if (joint <= 0 || sum == 0 || double.IsNegativeInfinity(sum)) return null;
        return alone.Length * Math.Log(joint) / sum;
    }

    /// <summary>Bounds of the joint without any knowledge of dependence: [max(0, sum p_i - (t - 1)), min p_i] (Frechet).</summary>
    public static (double Low, double High) Frechet(ReadOnlySpan<double> alone)
    {
        var (sum, least) = (0.0, 1.0);
        foreach (var p in alone)
        {
            sum += p;
            least = Math.Min(least, p);
        }

        return (Math.Max(0, sum - (alone.Length - 1)), least);
    }

    /// <summary>
    /// Bounds of the joint when failures can only go together, as they do under shared, independent failure modes:
    /// [prod p_i, min p_i] (Harris).
    /// </summary>
    public static (double Low, double High) PositiveDependence(ReadOnlySpan<double> alone) => (Independent(alone), Frechet(alone).High);

    /// <summary>With a failure mode outside the catalogue that defeats everything: u + (1 - u) R.</summary>
    public static double WithFloor(double joint, double unmodelled) => unmodelled + (1 - unmodelled) * joint;

    /// <summary>Numbers relatively this close are the same: equal ones that were added up differently differ by less.</summary>
    internal const double Tie = 1e-12;

    private const double SmallestNormal = 2.2250738585072014e-308;

    private static double LogSum(ReadOnlySpan<double> alone)
    {
        var sum = 0.0;
        foreach (var p in alone) sum += Math.Log(p);
        return sum;
    }

    /// <summary>ln(1 + x) without cancellation near 0 (Kahan's correction).</summary>
    internal static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : sum == 0 ? double.NegativeInfinity : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x - 1 without cancellation near 0 (Kahan's correction).</summary>
    internal static double ExpMinusOne(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        return power - 1 == -1 ? -1 : (power - 1) * (x / Math.Log(power));
    }
}
