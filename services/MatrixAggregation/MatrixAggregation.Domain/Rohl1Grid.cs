using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// ROHL-1 step 4: the unnormalised posterior on 241 nodes of mu x 32 nodes of tau, mu outer. With two degrees of freedom
/// one organisation's likelihood is S^-1/2 (1 + x)^-3/2, S = V + tau^2, x = (y - mu)^2 / (2 S); the product over
/// organisations is prod S^-1/2 / (q sqrt q) with q = prod (1 + x): only + - * / and square roots, four tau nodes at a time.
/// Every lane does what a scalar loop would do and nothing is fused, so the width of the hardware never shows in a bit.
/// </summary>
internal static class Rohl1Grid
{
    public const int TauNodes = 32;
    public const int MuNodes = 241;
    public const int Nodes = MuNodes * TauNodes;

    /// <summary>After this many organisations the grid is divided by its maximum, so that nothing under- or overflows.</summary>
    public const int Block = 32;

    private const int Lanes = 4;
    private const int Stride = 4 * Lanes;

    /// <summary>Fills <paramref name="grid"/> (<see cref="Nodes"/> values) from the organisations in their order.</summary>
    public static void Fill(Span<double> grid, ReadOnlySpan<OrganisationSummary> organisations)
    {
        var prior = Rohl1Tables.Prior;
        var tau = Rohl1Tables.Tau;
        for (var k = 0; k < MuNodes; k++)
            grid.Slice(k * TauNodes, TauNodes).Fill(prior[k]);
        Span<double> halfInverse = stackalloc double[Block * TauNodes];
        Span<double> scale = stackalloc double[TauNodes];
        var top = 1.0;
        for (var from = 0; from < organisations.Length; from += Block)
        {
            var block = organisations.Slice(from, Math.Min(Block, organisations.Length - from));
            for (var g = 0; g < TauNodes; g++)
            {
                var product = 1.0;
                for (var o = 0; o < block.Length; o++)
                {
                    var s = block[o].V + tau[g] * tau[g];
                    product *= s;
                    halfInverse[o * TauNodes + g] = 1 / (2 * s);
                }

                scale[g] = 1 / Math.Sqrt(product) / top;
            }

            top = MultiplyIn(grid, block, halfInverse, scale);
        }
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
    public static void MarginalWithout(ReadOnlySpan<double> grid, OrganisationSummary organisation, Span<double> mu)
    {
        Span<double> halfInverse = stackalloc double[TauNodes];
        Span<double> root = stackalloc double[TauNodes];
        var nodesOfMu = Rohl1Tables.Mu;
        var tau = Rohl1Tables.Tau;
        for (var g = 0; g < TauNodes; g++)
        {
            var s = organisation.V + tau[g] * tau[g];
            halfInverse[g] = 1 / (2 * s);
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
                sum += nodes[k * (TauNodes / Lanes) + b] * (r[b] * (x * Vector256.Sqrt(x)));
            }

            mu[k] = sum[0] + sum[1] + sum[2] + sum[3];
        }
    }

    private static double MultiplyIn(
        Span<double> grid, ReadOnlySpan<OrganisationSummary> block, ReadOnlySpan<double> halfInverse, ReadOnlySpan<double> scale)
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
                top = Vector256.Max(top, MultiplySixteen(nodes, squares, halfInverse[g..], scale.Slice(g, Stride)));
            }
        }

        return Math.Max(Math.Max(top[0], top[1]), Math.Max(top[2], top[3]));
    }

    // Four independent chains of products keep the multipliers busy. Returns the lanes' maxima.
    private static Vector256<double> MultiplySixteen(
        Span<double> grid, ReadOnlySpan<double> squares, ReadOnlySpan<double> halfInverse, ReadOnlySpan<double> scale)
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
        nodes[0] *= d[0] / (q0 * Vector256.Sqrt(q0));
        nodes[1] *= d[1] / (q1 * Vector256.Sqrt(q1));
        nodes[2] *= d[2] / (q2 * Vector256.Sqrt(q2));
        nodes[3] *= d[3] / (q3 * Vector256.Sqrt(q3));
        return Vector256.Max(Vector256.Max(nodes[0], nodes[1]), Vector256.Max(nodes[2], nodes[3]));
    }
}
