namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Latin hypercube sampling (McKay, Beckman and Conover 1979): with N draws the range of every input is cut into N strata of equal
/// probability, each is used exactly once, and which draw gets which is a random permutation of its own for every dimension. The
/// stratum k of N stands for its middle, u = (k + 1/2) / N, so a mean of a function linear in one input has no sampling error.
/// </summary>
internal static class LatinHypercube
{
    /// <summary>As answers name it.</summary>
    internal const string Name = "latin-hypercube, middles of strata";

    /// <summary>The middle of a stratum.</summary>
    internal static double Middle(int stratum, int strata) => (stratum + 0.5) / strata;

    /// <summary>
    /// The permutation of one dimension: Fisher-Yates from the last place down, place k exchanged with floor(w (k + 1) / 2^64), w the
    /// next word of the dimension's own Philox counters (block, dimension, 0, 0) under the key (seed, 0).
    /// </summary>
    internal static void Permute(long seed, int dimension, Span<int> strata)
    {
        for (var k = 0; k < strata.Length; k++)
            strata[k] = k;
        var words = default(Philox.Words);
        var used = 0;
        for (var k = strata.Length - 1; k > 0; k--, used++)
        {
            if (used % 4 == 0)
                words = Philox.Of(new Philox.Words((ulong)used / 4, (ulong)dimension, 0, 0), (ulong)seed, 0);
            var other = (int)Math.BigMul(words[used % 4], (ulong)k + 1, out _);
            (strata[k], strata[other]) = (strata[other], strata[k]);
        }
    }
}
