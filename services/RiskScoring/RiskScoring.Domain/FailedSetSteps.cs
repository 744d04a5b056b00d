using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The inner loops of <see cref="FailedSets"/>. Wide and narrow paths do the same multiplications and additions on every element
/// in the same order, none fused, so they give the same bits.
/// </summary>
internal static class FailedSetSteps
{
    private static bool Wide(int length) => Vector256.IsHardwareAccelerated && length >= Vector256<double>.Count;

    /// <summary>One failure mode: p = (1 - likelihood) p + likelihood T p.</summary>
    internal static void Mode(Span<double> p, Span<double> scratch, double likelihood, ReadOnlySpan<double> vulnerability)
    {
        if (likelihood == 0)
            return;
        Scale(p, scratch, likelihood);
        Fail(scratch, vulnerability);
        ScaleAndAdd(p, 1 - likelihood, scratch);
    }

    /// <summary>T: every technique that has not failed yet fails with its own probability, independently.</summary>
    internal static void Fail(Span<double> s, ReadOnlySpan<double> vulnerability)
    {
        for (var i = 0; i < vulnerability.Length; i++)
            if (vulnerability[i] > 0)
                Fail(s, 1 << i, vulnerability[i]);
    }

    /// <summary>to = factor * from.</summary>
    internal static void Scale(ReadOnlySpan<double> from, Span<double> to, double factor)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        nuint k = 0, length = (nuint)from.Length;
        if (Wide(from.Length))
            for (var f = Vector256.Create(factor); k < length; k += 4)
                (Vector256.LoadUnsafe(ref source, k) * f).StoreUnsafe(ref target, k);
        for (; k < length; k++)
            to[(int)k] = factor * from[(int)k];
    }

    /// <summary>to = factor * to + add.</summary>
    internal static void ScaleAndAdd(Span<double> to, double factor, ReadOnlySpan<double> add)
    {
        ref var target = ref MemoryMarshal.GetReference(to);
        ref var source = ref MemoryMarshal.GetReference(add);
        nuint k = 0, length = (nuint)to.Length;
        if (Wide(to.Length))
            for (var f = Vector256.Create(factor); k < length; k += 4)
                (Vector256.LoadUnsafe(ref target, k) * f + Vector256.LoadUnsafe(ref source, k)).StoreUnsafe(ref target, k);
        for (; k < length; k++)
            to[(int)k] = factor * to[(int)k] + add[(int)k];
    }

    /// <summary>For every A without the bit: s[A] += s[A with the bit].</summary>
    internal static void AddUpper(Span<double> s, int stride)
    {
        ref var first = ref MemoryMarshal.GetReference(s);
        for (var block = 0; block < s.Length; block += 2 * stride)
        {
            nuint low = (nuint)block, end = (nuint)(block + stride), high = end;
            if (Wide(stride))
                for (; low < end; low += 4, high += 4)
                    (Vector256.LoadUnsafe(ref first, low) + Vector256.LoadUnsafe(ref first, high)).StoreUnsafe(ref first, low);
            for (; low < end; low++, high++)
                s[(int)low] += s[(int)high];
        }
    }

    /// <summary>Takes back the roundings that lift a probability above 1.</summary>
    internal static void AtMostOne(Span<double> s)
    {
        ref var first = ref MemoryMarshal.GetReference(s);
        nuint k = 0, length = (nuint)s.Length;
        if (Wide(s.Length))
            for (; k < length; k += 4)
                Vector256.Min(Vector256.LoadUnsafe(ref first, k), Vector256<double>.One).StoreUnsafe(ref first, k);
        for (; k < length; k++)
            s[(int)k] = Math.Min(s[(int)k], 1);
    }

    /// <summary>For every A without the bit: s[A with the bit] += v s[A], s[A] *= 1 - v.</summary>
    private static void Fail(Span<double> s, int stride, double v)
    {
        if (Wide(s.Length) && stride < 4)
            FailWithinVector(s, stride, v);
        else if (Wide(stride))
            FailAcrossVectors(s, stride, v);
        else
            FailOneByOne(s, stride, v);
    }

    private static void FailOneByOne(Span<double> s, int stride, double v)
    {
        var stays = 1 - v;
        for (var block = 0; block < s.Length; block += 2 * stride)
            for (var low = block; low < block + stride; low++)
            {
                s[low + stride] += v * s[low];
                s[low] *= stays;
            }
    }

    private static void FailAcrossVectors(Span<double> s, int stride, double v)
    {
        ref var first = ref MemoryMarshal.GetReference(s);
        var (fails, stays) = (Vector256.Create(v), Vector256.Create(1 - v));
        for (var block = 0; block < s.Length; block += 2 * stride)
            for (nuint low = (nuint)block, high = low + (nuint)stride, end = high; low < end; low += 4, high += 4)
            {
                var before = Vector256.LoadUnsafe(ref first, low);
                (Vector256.LoadUnsafe(ref first, high) + before * fails).StoreUnsafe(ref first, high);
                (before * stays).StoreUnsafe(ref first, low);
            }
    }

    /// <summary>The two lowest bits live inside one vector: times one and plus zero leave the other half's bits as they were.</summary>
    private static void FailWithinVector(Span<double> s, int stride, double v)
    {
        ref var first = ref MemoryMarshal.GetReference(s);
        var stay = 1 - v;
        var keep = stride == 1 ? Vector256.Create(stay, 1, stay, 1) : Vector256.Create(stay, stay, 1, 1);
        var fall = stride == 1 ? Vector256.Create(0, v, 0, v) : Vector256.Create(0, 0, v, v);
        for (nuint k = 0; k < (nuint)s.Length; k += 4)
        {
            var before = Vector256.LoadUnsafe(ref first, k);
            var lower = stride == 1
                ? Vector256.Shuffle(before, Vector256.Create(0L, 0, 2, 2))
                : Vector256.Shuffle(before, Vector256.Create(0L, 1, 0, 1));
            (before * keep + lower * fall).StoreUnsafe(ref first, k);
        }
    }
}
