namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Quantiles of many samples without sorting them: only the buckets that hold a wanted rank are sorted.</summary>
internal sealed class OrderStatistics(int values)
{
    private const int Buckets = 1 << 10;

    private readonly double[] _grouped = new double[values];
    private readonly int[] _ends = new int[Buckets + 1];
    private int _sorted;

    /// <summary>
    /// The quantile p is the value at place p (N - 1) of the sorted sample, linear between places (Hyndman and Fan 1996, type 7).
    /// </summary>
    /// <param name="sample">As many values as announced, all finite.</param>
    /// <param name="probabilities">Each 0..1.</param>
    internal void Quantiles(ReadOnlySpan<double> sample, ReadOnlySpan<double> probabilities, Span<double> quantiles)
    {
        var (low, high) = (sample[0], sample[0]);
        foreach (var x in sample)
            (low, high) = (Math.Min(low, x), Math.Max(high, x));
        var range = high - low;
        if (range == 0)
        {
            quantiles.Fill(low);
            return;
        }

        Group(sample, low, range);
        for (var q = 0; q < probabilities.Length; q++)
        {
            var place = probabilities[q] * (sample.Length - 1);
            var before = (int)place;
            var at = Ranked(before);
            quantiles[q] = place == before ? at : at + (place - before) * (Ranked(before + 1) - at);
        }
    }

    /// <summary>Values in the order of their buckets; the ends say where each bucket stops.</summary>
    private void Group(ReadOnlySpan<double> sample, double low, double range)
    {
        Array.Clear(_ends);
        _sorted = -1;
        foreach (var x in sample)
            _ends[1 + BucketOf(x)]++;
        for (var b = 1; b <= Buckets; b++)
            _ends[b] += _ends[b - 1];

        // Each start moves to the end of its bucket, which is where the next one starts.
        foreach (var x in sample)
            _grouped[_ends[BucketOf(x)]++] = x;

        int BucketOf(double x) => (int)((x - low) / range * (Buckets - 1));
    }

    private double Ranked(int rank)
    {
        var bucket = Array.BinarySearch(_ends, 0, Buckets, rank + 1);
        if (bucket < 0)
            bucket = ~bucket;
        while (bucket > 0 && _ends[bucket - 1] > rank)
            bucket--;
        var start = bucket == 0 ? 0 : _ends[bucket - 1];

        // Neighbouring ranks and quantiles often share a bucket, and in a skewed sample it can be most of it.
        if (bucket != _sorted)
            Array.Sort(_grouped, start, _ends[bucket] - start);
        _sorted = bucket;
        return _grouped[rank];
    }
}
