namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>
/// Alpha by its definition, without coincidences: the mean squared distance of the pairs of values within units, each unit
/// weighing as many values as it has, over that of all pairs of values that can be made. Slow: every pair is visited, and the
/// ordinal distance counts the values between.
/// </summary>
internal static class PairwiseAlpha
{
    /// <returns>NaN where alpha is undefined.</returns>
    public static double Of(double?[][] units, AlphaMetric metric)
    {
        double[][] pairable = [.. units.Select(unit => unit.OfType<double>().ToArray()).Where(unit => unit.Length > 1)];
        double[] all = [.. pairable.SelectMany(unit => unit)];
        double within = 0, between = 0;
        foreach (var unit in pairable)
            within += PairsOf(unit, all, metric) / (unit.Length - 1);
        between = PairsOf(all, all, metric);
        return 1 - within / all.Length / (between / (all.Length * (all.Length - 1.0)));
    }

    private static double PairsOf(double[] values, double[] all, AlphaMetric metric)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            for (var j = 0; j < values.Length; j++)
                sum += i == j ? 0 : Squared(values[i], values[j], all, metric);
        return sum;
    }

    private static double Squared(double c, double k, double[] all, AlphaMetric metric) => metric switch
    {
        _ when c == k => 0,
        AlphaMetric.Nominal => 1,
        AlphaMetric.Ordinal => Math.Pow(Between(Math.Min(c, k), Math.Max(c, k), all), 2),
        AlphaMetric.Interval => Math.Pow(c - k, 2),
        _ => Math.Pow((c - k) / (c + k), 2),
    };

    private static double Between(double c, double k, double[] all) =>
        all.Count(g => c <= g && g <= k) - (all.Count(g => g == c) + all.Count(g => g == k)) / 2.0;
}
