using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>A version as it is compared with another one.</summary>
/// <param name="Matrix">The matrix of the state's version.</param>
public readonly record struct ComparedVersion(MatrixState State, ConsensusMatrix Matrix);

/// <summary>What changed from one version of a study to a later one.</summary>
public static class Comparison
{
    private const int MostCauses = 20;

    /// <returns>Every change with the indexes of its causes; <c>Causes</c> is left to whoever can read the entries.</returns>
    /// <param name="lens">One of <see cref="Method.Lenses"/>.</param>
    /// <exception cref="ArgumentException">Versions of two studies, or not in their order.</exception>
    public static MatrixDiff Of(ComparedVersion before, ComparedVersion after, string lens)
    {
        if (before.State.Study != after.State.Study || before.State.Next > after.State.Next)
            throw new ArgumentException(
                $"{before.State.Study} {before.State.Next} does not come before {after.State.Study} {after.State.Next}", nameof(before));
        var cells = Cells(before, after, lens).ToArray();
        return new(
            after.State.Study, after.Matrix.Label, lens, Of(before.Matrix), Of(after.Matrix), cells.Count(cell => cell.VerdictChanged),
            cells.Count(cell => cell.StatusChanged), cells,
            [.. Quantities(before, after, matrix => matrix.Likelihoods, id => new Quantity(null, id))],
            [.. Quantities(before, after, matrix => matrix.SafetyTaxes, id => new Quantity(id, null))], []);
    }

    /// <summary>The ledger indexes that the changes name, ascending.</summary>
    public static IReadOnlyCollection<long> Named(MatrixDiff diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        return new SortedSet<long>(
            diff.Cells.SelectMany(cell => cell.Causes).Concat(diff.Likelihoods.Concat(diff.SafetyTaxes).SelectMany(one => one.Causes)));
    }

    /// <summary>A released entry as a cause.</summary>
    /// <exception cref="ArgumentException">The entry is not released.</exception>
    public static ChangeCause Cause(FoldEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var said = entry.Envelope ?? throw new ArgumentException($"entry {entry.Index} is not released", nameof(entry));
        return new(
            entry.Index, entry.EventId, said.Type, said.Organisation, said.Rater, said.Round, entry.SequencedAt, entry.TraceId);
    }

    private static DiffedVersion Of(ConsensusMatrix matrix) =>
        new(matrix.Version, matrix.AsOf, matrix.Digest ?? Consensus.DigestOf(matrix));

    private static IEnumerable<CellChange> Cells(ComparedVersion before, ComparedVersion after, string lens)
    {
        var known = before.Matrix.Lenses[lens].ToDictionary(cell => (cell.Technique, cell.FailureMode));
        foreach (var now in after.Matrix.Lenses[lens])
        {
            var then = known.GetValueOrDefault((now.Technique, now.FailureMode));
            if (now == then)
                continue;
            var causes = ChangeCauses.Of(before.State, after.State, new(now.Technique, now.FailureMode), lens == Method.Rohl1);
            yield return new(
                now.Technique, now.FailureMode, then, now, now.Mean - then?.Mean,
                now.Upper90 - now.Lower90 - (then?.Upper90 - then?.Lower90), now.Verdict != then?.Verdict, now.Status != then?.Status,
                causes.Count, Newest(causes));
        }
    }

    private static IEnumerable<QuantityChange> Quantities(
        ComparedVersion before, ComparedVersion after, Func<ConsensusMatrix, IReadOnlyList<ConsensusQuantity>> of,
        Func<string, Quantity> quantity)
    {
        var known = of(before.Matrix).ToDictionary(one => one.Id);
        foreach (var now in of(after.Matrix))
        {
            var then = known.GetValueOrDefault(now.Id);
            if (now == then)
                continue;
            var causes = ChangeCauses.Of(before.State, after.State, quantity(now.Id), pooled: false);
            yield return new(now.Id, then, now, now.Value - then?.Value, causes.Count, Newest(causes));
        }
    }

    private static long[] Newest(SortedSet<long> causes) => [.. causes.Skip(causes.Count - MostCauses)];
}
