namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>The weighted mean of distribution functions that are linear between stated quantiles, read at the same levels.</summary>
internal static class QuantileMixture
{
    /// <param name="levels">Within 0..1, ascending.</param>
    /// <param name="quantiles">Each distribution's, strictly ascending.</param>
    /// <param name="weights">Of sum 1; distributions of weight 0 leave no trace.</param>
    /// <param name="range">Where every distribution begins and ends.</param>
    public static double[] Of(
        double[] levels, IReadOnlyList<double[]> quantiles, double[] weights, (double Low, double High) range)
    {
        double[] heights = [0, .. levels, 1];
        double[][] counted = [.. quantiles.Where((_, i) => weights[i] > 0).Select(own => (double[])[range.Low, .. own, range.High])];
        double[] shares = [.. weights.Where(weight => weight > 0)];
        double[] knots = [.. counted.SelectMany(own => own).Distinct().Order()];
        double[] mixed = [.. knots.Select(x => counted.Zip(shares, (own, share) => share * Interpolate(own, heights, x)).Sum())];
        return Array.ConvertAll(levels, level => Interpolate(mixed, knots, level));
    }

    // At a knot its own value, without rounding: a realisation may lie exactly on a quantile.
    private static double Interpolate(double[] xs, double[] ys, double x)
    {
        var at = Array.FindIndex(xs, knot => knot >= x);
        if (at < 0)
            return ys[^1];
        return at == 0 || xs[at] == x ? ys[at] : ys[at - 1] + (x - xs[at - 1]) / (xs[at] - xs[at - 1]) * (ys[at] - ys[at - 1]);
    }
}
