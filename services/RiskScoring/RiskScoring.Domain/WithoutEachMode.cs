using System.Buffers;
using System.Numerics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The distribution of the failed set with one failure mode impossible, for each mode in turn. The modes' transitions commute, so
/// halving the modes again and again needs about m log2 m of them instead of m (m - 1): each half is applied once for all modes of
/// the other half.
/// </summary>
internal static class WithoutEachMode
{
    /// <param name="exactly">P(exactly the techniques in A fail) with the mode impossible; may be overwritten.</param>
    /// <param name="scratch">As long, with anything in it; may be overwritten.</param>
    internal delegate void Visit(int failureMode, Span<double> exactly, Span<double> scratch);

    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques, or too much work.</exception>
    internal static void Of(RiskModel model, Visit visit, double mostWork = WorkLimit.Most)
    {
        var modes = model.FailureModes.Count;
        FailedSets.ThrowUnlessTable(model);
        if (modes == 0) return;
        var size = 1 << model.Techniques.Count;
        WorkLimit.ThrowIfMore(model, (BitOperations.Log2((uint)modes) + 1.0) * modes * model.Techniques.Count * size, mostWork);
        // The start, one for each halving, and the scratch of the last.
        var buffers = BitOperations.Log2((uint)modes) + 3;
        var rented = ArrayPool<double>.Shared.Rent(buffers * size);
        var all = rented.AsSpan(0, buffers * size);
        all[..size].Clear();
        all[0] = 1;
        Descend(model, all, 0, modes, visit);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <param name="buffers">First the distribution after all modes outside first..end, then free space.</param>
    private static void Descend(RiskModel model, Span<double> buffers, int first, int end, Visit visit)
    {
        var size = 1 << model.Techniques.Count;
        var rest = buffers[size..];
        if (end - first == 1)
        {
            visit(first, buffers[..size], rest[..size]);
            return;
        }

        var middle = (first + end) / 2;
        Apply(model, buffers, middle, end);
        Descend(model, rest, first, middle, visit);
        Apply(model, buffers, first, middle);
        Descend(model, rest, middle, end, visit);
    }

    /// <summary>The second buffer becomes the first after the modes first..end.</summary>
    private static void Apply(RiskModel model, Span<double> buffers, int first, int end)
    {
        var size = 1 << model.Techniques.Count;
        var applied = buffers.Slice(size, size);
        var scratch = buffers.Slice(2 * size, size);
        buffers[..size].CopyTo(applied);
        for (var j = first; j < end; j++) FailedSetSteps.Mode(applied, scratch, model.Likelihoods[j], model.Means(j));
    }
}
