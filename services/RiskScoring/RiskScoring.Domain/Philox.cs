using System.Runtime.CompilerServices;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): 256 random bits as a pure
/// function of a counter and a key, in whole numbers only. No state, so any number can be computed alone and in any order, and the
/// same seed gives the same numbers on every machine and for ever.
/// </summary>
internal static class Philox
{
    /// <summary>As answers name it.</summary>
    internal const string Name = "philox-4x64-10";

    private const int Rounds = 10;

    /// <summary>Four words of 64 bits: a counter, or what comes of it.</summary>
    [InlineArray(4)]
    internal struct Words
    {
        private ulong _first;

        internal Words(ulong a, ulong b, ulong c, ulong d) => (this[0], this[1], this[2], this[3]) = (a, b, c, d);
    }

    internal static Words Of(Words counter, ulong key0, ulong key1)
    {
        var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3]);
        for (var round = 0; round < Rounds; round++)
        {
            var high0 = Math.BigMul(0xD2E7470EE14C6C93, a, out var low0);
            var high1 = Math.BigMul(0xCA5A826395121157, c, out var low1);
            (a, b, c, d) = (high1 ^ b ^ key0, low1, high0 ^ d ^ key1, low0);
            key0 += 0x9E3779B97F4A7C15;
            key1 += 0xBB67AE8584CAA73B;
        }

        return new Words(a, b, c, d);
    }
}
