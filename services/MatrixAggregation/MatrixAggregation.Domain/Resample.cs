namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Units taken once or as drawn with replacement, and alpha of what was taken.</summary>
internal sealed class Resample(ReliabilityData data)
{
    private readonly double[] _times = new double[data.Units];
    private readonly double[] _marginals = new double[data.Values.Length];
    private double _n;

    public void TakeEveryUnitOnce()
    {
        Array.Fill(_times, 1);
        _n = data.Marginals(_times, _marginals);
    }

    public void Draw(SplitMix64 random)
    {
        Array.Clear(_times);
        for (var i = 0; i < _times.Length; i++)
            _times[random.Below(_times.Length)]++;
        _n = data.Marginals(_times, _marginals);
    }

    /// <summary>1 - D_o / D_e, or NaN when nothing pairs or no disagreement can be expected.</summary>
    public double Alpha(Disagreement disagreement)
    {
        var (observed, expected) = disagreement.Of(_times, _marginals, _n);
        return expected == 0 ? double.NaN : 1 - (_n - 1) * observed / expected;
    }
}
