namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers everywhere and for ever.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>True in that share of the draws.</summary>
    public bool Chance(int percent) => Between(1, 100) <= percent;
}
