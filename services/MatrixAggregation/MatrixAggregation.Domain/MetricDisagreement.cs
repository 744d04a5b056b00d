namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>A squared distance of two values that does not depend on the other values.</summary>
internal interface ISquaredDistance
{
    static abstract double Of(double c, double k);
}

internal readonly struct NominalDistance : ISquaredDistance
{
    public static double Of(double c, double k) => c == k ? 0 : 1;
}

internal readonly struct IntervalDistance : ISquaredDistance
{
    public static double Of(double c, double k) => (c - k) * (c - k);
}

/// <summary>((c - k) / (c + k))^2; two zeros are equal.</summary>
internal readonly struct RatioDistance : ISquaredDistance
{
    public static double Of(double c, double k)
    {
        if (c == k)
            return 0;
        var ratio = (c - k) / (c + k);
        return ratio * ratio;
    }
}

/// <summary>
/// The metrics with a distance of their own. Expected disagreement is a quadratic form: in the marginals with the distances of
/// values as coefficients, and as well in the numbers of times that units are taken with the sums of distances between the
/// units' values. The smaller of the two is kept, so a resample costs the square of that number and not of the data.
/// </summary>
internal sealed class MetricDisagreement<TDistance> : Disagreement
    where TDistance : struct, ISquaredDistance
{
    private readonly double[] _within;
    private readonly bool _byValue;

    // Row g holds the coefficients with 0..g; those left of the diagonal stand for two.
    private readonly double[][] _rows;

    public MetricDisagreement(ReliabilityData data)
    {
        _within = new double[data.Units];
        for (var u = 0; u < data.Units; u++)
            _within[u] = data.Size(u) == 0 ? 0 : Between(data, u, u) / (data.Size(u) - 1);
        _byValue = data.Values.Length <= data.Units;
        _rows = new double[_byValue ? data.Values.Length : data.Units][];
        for (var g = 0; g < _rows.Length; g++)
        {
            _rows[g] = new double[g + 1];
            for (var h = 0; h <= g; h++)
                _rows[g][h] = (h == g ? 1 : 2) * (_byValue ? TDistance.Of(data.Values[g], data.Values[h]) : Between(data, g, h));
        }
    }

    public override (double Observed, double Expected) Of(ReadOnlySpan<double> times, ReadOnlySpan<double> marginals, double n)
    {
        var observed = 0.0;
        for (var u = 0; u < times.Length; u++)
            observed += times[u] * _within[u];
        var weights = _byValue ? marginals : times;
        var expected = 0.0;
        for (var g = 0; g < _rows.Length; g++)
        {
            if (weights[g] == 0)
                continue;
            var sum = 0.0;
            var row = _rows[g];
            for (var h = 0; h < row.Length; h++)
                sum += weights[h] * row[h];
            expected += weights[g] * sum;
        }

        return (observed, expected);
    }

    private static double Between(ReliabilityData data, int g, int h)
    {
        var left = data.ValuesOf(g);
        var leftCounts = data.CountsOf(g);
        var right = data.ValuesOf(h);
        var rightCounts = data.CountsOf(h);
        var total = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            var value = data.Values[left[i]];
            var sum = 0.0;
            for (var j = 0; j < right.Length; j++)
                sum += rightCounts[j] * TDistance.Of(value, data.Values[right[j]]);
            total += leftCounts[i] * sum;
        }

        return total;
    }
}
