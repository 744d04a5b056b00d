namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>How far apart two values are: different or not, by rank, by difference, by relative difference.</summary>
public enum AlphaMetric
{
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

/// <summary>Why a coefficient of agreement has no value.</summary>
public static class Undefined
{
    /// <summary>No unit was judged by two coders.</summary>
    public const string NoPairs = "no_pairs";

    /// <summary>All values are the same: no disagreement could be expected, so none can be compared with it.</summary>
    public const string NoVariation = "no_variation";
}

/// <summary>The bootstrap over units: its seed, and how many replicates it draws.</summary>
public readonly record struct Bootstrap(ulong Seed, int Replicates = Bootstrap.Standard)
{
    public const int Standard = 2000;
}

/// <summary>Krippendorff's alpha: 1 is agreement without exception, 0 what chance gives, below 0 systematic disagreement.</summary>
/// <param name="Value">At most 1; null when undefined.</param>
/// <param name="Undefined">Null, or why there is no value: one of <see cref="Domain.Undefined"/>.</param>
/// <param name="Lower95">2.5 % quantile of the defined replicates; with <paramref name="Upper95"/> the 95 % interval.</param>
/// <param name="StandardError">Sample standard deviation of the defined replicates; null for fewer than two.</param>
/// <param name="UndefinedReplicates">Replicates for which alpha is undefined: the interval leaves them out.</param>
public readonly record struct Alpha(
    double? Value, string? Undefined, double? Lower95, double? Upper95, double? StandardError, int UndefinedReplicates);

/// <summary>
/// Krippendorff's alpha for any number of coders, missing values and four metrics (Krippendorff 2011, "Computing
/// Krippendorff's alpha-reliability"; 2018, "Content analysis", 4th ed., ch. 12): alpha = 1 - D_o / D_e with
/// D_o = 1/n sum_ck o_ck d2(c, k), D_e = 1/(n (n - 1)) sum_ck n_c n_k d2(c, k), o_ck = sum_u n_uc (n_uk - [c = k]) / (n_u - 1)
/// over units with n_u >= 2 values, n_c = sum_k o_ck, n = sum_c n_c.
/// </summary>
public static class Krippendorff
{
    /// <exception cref="ArgumentException">The ratio metric is asked of negative values.</exception>
    public static Alpha Alpha(ReliabilityData data, AlphaMetric metric) => Alphas(data, [metric], new(0, 0))[0];

    /// <summary>
    /// Alpha under each metric with its bootstrap interval: units are drawn with replacement, as many as there are, pairable or
    /// not; all metrics see the same draws, the ordinal distance is formed anew in each; percentiles by linear interpolation
    /// (type 7).
    /// </summary>
    /// <exception cref="ArgumentException">The ratio metric is asked of negative values.</exception>
    public static Alpha[] Alphas(ReliabilityData data, ReadOnlySpan<AlphaMetric> metrics, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (alphas, disagreements) = (new Alpha[metrics.Length], new Disagreement[metrics.Length]);
        for (var m = 0; m < metrics.Length; m++)
            disagreements[m] = Disagreement.Create(data, metrics[m]);
        var whole = new Resample(data);
        whole.TakeEveryUnitOnce();
        var replicates = Replicates(data, disagreements, bootstrap);
        for (var m = 0; m < metrics.Length; m++)
        {
            var value = whole.Alpha(disagreements[m]);
            var undefined = !double.IsNaN(value) ? null : data.Pairable == 0 ? Undefined.NoPairs : Undefined.NoVariation;
            alphas[m] = Of(undefined is null ? value : null, undefined, replicates[m]);
        }

        return alphas;
    }

    /// <summary>Alpha of every replicate under each metric, NaN where it is undefined.</summary>
    internal static double[][] Replicates(ReliabilityData data, ReadOnlySpan<Disagreement> disagreements, Bootstrap bootstrap)
    {
        var replicates = new double[disagreements.Length][];
        for (var m = 0; m < replicates.Length; m++)
            replicates[m] = new double[bootstrap.Replicates];
        var random = new SplitMix64(bootstrap.Seed);
        var resample = new Resample(data);
        for (var b = 0; b < bootstrap.Replicates; b++)
        {
            resample.Draw(random);
            for (var m = 0; m < replicates.Length; m++)
                replicates[m][b] = resample.Alpha(disagreements[m]);
        }

        return replicates;
    }

    private static Alpha Of(double? value, string? undefined, double[] replicates)
    {
        double[] defined = [.. replicates.Where(one => !double.IsNaN(one)).Order()];
        return new(
            value, undefined, Quantile(defined, 0.025), Quantile(defined, 0.975), StandardDeviation(defined),
            replicates.Length - defined.Length);
    }

    private static double? Quantile(double[] ascending, double p)
    {
        if (ascending.Length == 0)
            return null;
        var place = (ascending.Length - 1) * p;
        var below = (int)place;
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }

    private static double? StandardDeviation(double[] values)
    {
        if (values.Length < 2)
            return null;
        var mean = values.Sum() / values.Length;
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
