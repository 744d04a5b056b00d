using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>What the sample studies draw: whole numbers only, so that they are the same everywhere.</summary>
internal static class SampleDraws
{
    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static int Between(this SplitMix64 random, int low, int high) => low + (int)(random.Next() % (ulong)(high - low + 1));

    /// <summary>True in that share of the draws.</summary>
    public static bool Chance(this SplitMix64 random, int percent) => random.Between(1, 100) <= percent;
}
