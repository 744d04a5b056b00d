namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): the same seed gives the same
/// numbers on every machine and for ever.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private const double PerUnit = 1.0 / (1UL << 53);

    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1: floor(u count), u the upper 53 bits as a fraction.</summary>
    public int Below(int count) => (int)((Next() >> 11) * PerUnit * count);
}
