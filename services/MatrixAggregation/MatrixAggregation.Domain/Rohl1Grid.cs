using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// ROHL-1 step 4: the unnormalised posterior on 241 nodes of mu x 32 nodes of tau, mu outer. With two degrees of freedom
/// one organisation's likelihood is S^-1/2 (1 + x)^-3/2, S = V + tau^2, x = (y - mu)^2 / (2 S); the product over
/// organisations is prod S^-1/2 / (q sqrt q) with q = prod (1 + x): only + - * / and square roots, four tau nodes at a time.
/// With nu = 1 and 4 it is x = (y - mu)^2 / (nu S) and 1/q, 1/(q q sqrt q).
/// Every lane does what a scalar loop would do and nothing is fused, so the width of the hardware never shows in a bit.
/// </summary>
internal static class Rohl1Grid
{
    public const int TauNodes = 32;
    public const int MuNodes = 241;
    public const int Nodes = MuNodes * TauNodes;

    /// <summary>
    /// After this many organisations the grid is divided by its maximum, so that nothing under- or overflows; after half as many
    /// with nu = 4, where q counts with the power 5/2.
    /// </summary>
    public const int Block = 32;

    private const int Lanes = 4;
    private const int Stride = 4 * Lanes;

    /// <summary>Fills <paramref name="grid"/> (<see cref="Nodes"/> values) from the organisations in their order.</summary>
    public static void Fill(Span<double> grid, ReadOnlySpan<OrganisationSummary> organisations, Rohl1Policy policy)
    {
        var prior = Rohl1Tables.Prior;
        Span<double> tau = stackalloc double[TauNodes];
        Scale(policy, tau);
        for (var k = 0; k < MuNodes; k++)
            grid.Slice(k * TauNodes, TauNodes).Fill(prior[k]);
        Span<double> halfInverse = stackalloc double[Block * TauNodes];
        Span<double> scale = stackalloc double[TauNodes];
        var top = 1.0;
        var size = policy.Nu == 4 ? Block / 2 : Block;
        for (var from = 0; from < organisations.Length; from += size)
        {
            var block = organisations.Slice(from, Math.Min(size, organisations.Length - from));
            for (var g = 0; g < TauNodes; g++)
            {
                var product = 1.0;
                for (var o = 0; o < block.Length; o++)
                {
                    var s = block[o].V + tau[g] * tau[g];
                    product *= s;
                    halfInverse[o * TauNodes + g] = 1 / (policy.Nu * s);
                }

                scale[g] = 1 / Math.Sqrt(product) / top;
            }

            top = MultiplyIn(grid, block, halfInverse, scale, policy.Nu);
        }
    }

    /// <summary>The 32 equal-mass nodes of tau under the policy's prior.</summary>
    public static void Scale(Rohl1Policy policy, Span<double> tau)
    {
        var times = policy.TauScale / Rohl1Tables.TauScale;
        for (var g = 0; g < TauNodes; g++)
            tau[g] = Rohl1Tables.Tau[g] * times;
    }

    /// <summary>The marginals of mu and tau, not normalised. Sums over tau run in four interleaved parts, added in order.</summary>
    public static void Marginals(ReadOnlySpan<double> grid, Span<double> mu, Span<double> tau)
    {
        tau.Clear();
        var nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid);
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(tau);
        for (var k = 0; k < MuNodes; k++)
        {
            var sum = Vector256<double>.Zero;
            for (var b = 0; b < TauNodes / Lanes; b++)
            {
                var p = nodes[k * (TauNodes / Lanes) + b];
                sum += p;
                sums[b] += p;
            }

            mu[k] = sum[0] + sum[1] + sum[2] + sum[3];
        }
    }

    /// <summary>The marginal of mu without one organisation: its factor is divided out of the full grid again.</summary>
    public static void MarginalWithout(
        ReadOnlySpan<double> grid, OrganisationSummary organisation, Rohl1Policy policy, Span<double> mu)
    {
        Span<double> halfInverse = stackalloc double[TauNodes];
        Span<double> root = stackalloc double[TauNodes];
        Span<double> tau = stackalloc double[TauNodes];
        Scale(policy, tau);
        var nodesOfMu = Rohl1Tables.Mu;
        for (var g = 0; g < TauNodes; g++)
        {
            var s = organisation.V + tau[g] * tau[g];
            halfInverse[g] = 1 / (policy.Nu * s);
            root[g] = Math.Sqrt(s);
        }

        var nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid);
        var h = MemoryMarshal.Cast<double, Vector256<double>>(halfInverse);
        var r = MemoryMarshal.Cast<double, Vector256<double>>(root);
        for (var k = 0; k < MuNodes; k++)
        {
            var e = organisation.Y - nodesOfMu[k];
            var e2 = Vector256.Create(e * e);
            var sum = Vector256<double>.Zero;
            for (var b = 0; b < TauNodes / Lanes; b++)
            {
                var x = Vector256<double>.One + e2 * h[b];
                sum += nodes[k * (TauNodes / Lanes) + b] * (r[b] * Power(x, policy.Nu));
            }

            mu[k] = sum[0] + sum[1] + sum[2] + sum[3];
        }
    }

    private static double MultiplyIn(
        Span<double> grid, ReadOnlySpan<OrganisationSummary> block, ReadOnlySpan<double> halfInverse, ReadOnlySpan<double> scale,
        int nu)
    {
        Span<double> room = stackalloc double[Block];
        var squares = room[..block.Length];
        var mu = Rohl1Tables.Mu;
        var top = Vector256<double>.Zero;
        for (var k = 0; k < MuNodes; k++)
        {
            for (var o = 0; o < block.Length; o++)
            {
                var e = block[o].Y - mu[k];
                squares[o] = e * e;
            }

            for (var g = 0; g < TauNodes; g += Stride)
            {
                var nodes = grid.Slice(k * TauNodes + g, Stride);
                top = Vector256.Max(top, MultiplySixteen(nodes, squares, halfInverse[g..], scale.Slice(g, Stride), nu));
            }
        }

        return Math.Max(Math.Max(top[0], top[1]), Math.Max(top[2], top[3]));
    }

    // Four independent chains of products keep the multipliers busy. Returns the lanes' maxima.
    private static Vector256<double> MultiplySixteen(
        Span<double> grid, ReadOnlySpan<double> squares, ReadOnlySpan<double> halfInverse, ReadOnlySpan<double> scale, int nu)
    {
        var one = Vector256<double>.One;
        var (q0, q1, q2, q3) = (one, one, one, one);
        ref var h = ref MemoryMarshal.GetReference(halfInverse);
        for (var o = 0; o < squares.Length; o++)
        {
            var e2 = Vector256.Create(squares[o]);
            var at = (nuint)(o * TauNodes);
            q0 *= one + e2 * Vector256.LoadUnsafe(ref h, at);
            q1 *= one + e2 * Vector256.LoadUnsafe(ref h, at + Lanes);
            q2 *= one + e2 * Vector256.LoadUnsafe(ref h, at + 2 * Lanes);
            q3 *= one + e2 * Vector256.LoadUnsafe(ref h, at + 3 * Lanes);
        }

        var nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid);
        var d = MemoryMarshal.Cast<double, Vector256<double>>(scale);
        nodes[0] *= d[0] / Power(q0, nu);
        nodes[1] *= d[1] / Power(q1, nu);
        nodes[2] *= d[2] / Power(q2, nu);
        nodes[3] *= d[3] / Power(q3, nu);
        return Vector256.Max(Vector256.Max(nodes[0], nodes[1]), Vector256.Max(nodes[2], nodes[3]));
    }

    // q^((nu + 1) / 2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Power(Vector256<double> q, int nu) => nu switch
    {
        1 => q,
        2 => q * Vector256.Sqrt(q),
        _ => q * q * Vector256.Sqrt(q),
    };
}
