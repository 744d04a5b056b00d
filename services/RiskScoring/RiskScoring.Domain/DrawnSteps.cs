using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The failed-set recursion for several draws at once, one a lane, on r[T] = P(at least the techniques in T have failed): given
/// that a mode obtains, every technique takes r[T with it] to v r[T without it] + (1 - v) r[T with it], which leaves r[T without
/// it] alone. All terms are positive. Four lanes on every machine, each on its own and nothing fused, so every machine gives the same
/// bits from the same numbers.
/// </summary>
internal static class DrawnSteps
{
    /// <summary>r = (1 - likelihood) r + likelihood T r.</summary>
    /// <param name="v">Vulnerability of every technique; a technique that is never overcome is left out by <paramref name="touched"/>.
    /// </param>
    internal static void Mode(
        Span<Vector256<double>> r, Span<Vector256<double>> scratch, Vector256<double> likelihood, ReadOnlySpan<Vector256<double>> v,
        uint touched)
    {
        r.CopyTo(scratch);
        for (var i = 0; i < v.Length; i++)
            if ((touched >> i & 1) == 1)
                Fail(scratch, 1 << i, v[i]);
        var stays = Vector256<double>.One - likelihood;

        // The empty set has failed for certain, and must not drift from 1.
        for (var set = 1; set < r.Length; set++)
            r[set] = stays * r[set] + likelihood * scratch[set];
    }

    /// <summary>The same step backwards: w such that the sum of w r before the mode is that of the given w and r after it.</summary>
    internal static void ModeBackwards(
        Span<Vector256<double>> w, Span<Vector256<double>> scratch, Vector256<double> likelihood, ReadOnlySpan<Vector256<double>> v,
        uint touched)
    {
        w.CopyTo(scratch);
        for (var i = v.Length - 1; i >= 0; i--)
            if ((touched >> i & 1) == 1)
                Charge(scratch, 1 << i, v[i]);
        var stays = Vector256<double>.One - likelihood;
        for (var set = 0; set < w.Length; set++)
            w[set] = stays * w[set] + likelihood * scratch[set];
    }

    private static void Fail(Span<Vector256<double>> s, int stride, Vector256<double> v)
    {
        var stays = Vector256<double>.One - v;
        for (var block = 0; block < s.Length; block += 2 * stride)
        {
            var without = s.Slice(block, stride);
            var with = s.Slice(block + stride, stride);
            for (var k = 0; k < without.Length && k < with.Length; k++)
                with[k] = v * without[k] + stays * with[k];
        }
    }

    private static void Charge(Span<Vector256<double>> w, int stride, Vector256<double> v)
    {
        var stays = Vector256<double>.One - v;
        for (var block = 0; block < w.Length; block += 2 * stride)
        {
            var without = w.Slice(block, stride);
            var with = w.Slice(block + stride, stride);
            for (var k = 0; k < without.Length && k < with.Length; k++)
                (without[k], with[k]) = (without[k] + v * with[k], stays * with[k]);
        }
    }
}
