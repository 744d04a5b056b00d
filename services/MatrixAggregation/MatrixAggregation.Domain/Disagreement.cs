namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// The two sums of which Krippendorff's alpha is made, of units that are taken so many times each:
/// observed = sum_u sum_ck n_uc (n_uk - [c = k]) d2(c, k) / (n_u - 1), and expected = sum_ck n_c n_k d2(c, k).
/// Both are sums of terms that are never negative: agreement without exception is 0 exactly.
/// </summary>
internal abstract class Disagreement
{
    /// <param name="times">How often each unit is taken.</param>
    /// <param name="marginals">n_c of the units so taken.</param>
    /// <param name="n">The sum of the marginals.</param>
    public abstract (double Observed, double Expected) Of(ReadOnlySpan<double> times, ReadOnlySpan<double> marginals, double n);

    /// <exception cref="ArgumentException">A ratio is asked of negative values.</exception>
    public static Disagreement Create(ReliabilityData data, AlphaMetric metric) => metric switch
    {
        AlphaMetric.Nominal => new MetricDisagreement<NominalDistance>(data),
        AlphaMetric.Ordinal => new RankDisagreement(data),
        AlphaMetric.Interval => new MetricDisagreement<IntervalDistance>(data),
        AlphaMetric.Ratio when data.Values is [< 0, ..] =>
            throw new ArgumentException("the ratio metric needs values of 0 or more", nameof(data)),
        AlphaMetric.Ratio => new MetricDisagreement<RatioDistance>(data),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "nominal, ordinal, interval or ratio"),
    };
}

/// <summary>
/// The ordinal metric. d(c, k) = sum_{g=c..k} n_g - (n_c + n_k) / 2 is the distance of the mid-ranks of c and k among all
/// values taken, so it is squared distance of ranks that are formed anew each time. The mid-ranks r_c are measured doubled and
/// from their mean, where sum_c n_c r_c = 0: all sums are of whole numbers.
/// </summary>
internal sealed class RankDisagreement(ReliabilityData data) : Disagreement
{
    private readonly double[] _rank = new double[data.Values.Length];

    public override (double Observed, double Expected) Of(ReadOnlySpan<double> times, ReadOnlySpan<double> marginals, double n)
    {
        double below = 0, squares = 0;
        for (var c = 0; c < marginals.Length; c++)
        {
            _rank[c] = 2 * below + marginals[c] - n;
            below += marginals[c];
            squares += marginals[c] * _rank[c] * _rank[c];
        }

        var observed = 0.0;
        for (var u = 0; u < times.Length; u++)
        {
            if (times[u] != 0 && data.Size(u) != 0)
                observed += times[u] * Within(u);
        }

        return (observed, 2 * n * squares);
    }

    private double Within(int unit)
    {
        var values = data.ValuesOf(unit);
        var counts = data.CountsOf(unit);
        double sum = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var rank = _rank[values[i]];
            sum += counts[i] * rank;
            squares += counts[i] * rank * rank;
        }

        var size = data.Size(unit);
        return 2 * (size * squares - sum * sum) / (size - 1);
    }
}
