using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>What changed from one matrix to the next, and back: applying all of a stream's changes gives the last matrix.</summary>
internal static class MatrixDelta
{
    /// <summary>The event that takes <paramref name="before"/> to the revision's matrix.</summary>
    /// <param name="before">The version recorded before, or null for the first one.</param>
    /// <param name="snapshot">Ask for the whole matrix; it is added anyway where changes alone cannot say it.</param>
    public static MatrixVersionRecorded Between(ConsensusMatrix? before, Revision revision, bool snapshot)
    {
        var after = revision.Matrix;
        var changed = revision.Changed.ToHashSet();
        return new MatrixVersionRecorded(
            after.Study, after.Version, after.AsOf, after.Root, after.Digest!,
            after.Lenses.ToDictionary(lens => lens.Key, lens => CellsOf(lens.Value, changed)),
            [.. after.Likelihoods.Where(likelihood => changed.Contains(new Quantity(null, likelihood.Id)))],
            [.. after.SafetyTaxes.Where(tax => changed.Contains(new Quantity(tax.Id, null)))],
            snapshot || before is null || !SameFrame(before, after) ? after : null);
    }

    /// <summary>The matrix after the event.</summary>
    /// <param name="before">The matrix after the event before it, or null where the event has a snapshot.</param>
    /// <exception cref="InvalidDataException">Neither a snapshot nor a matrix to change.</exception>
    public static ConsensusMatrix Apply(ConsensusMatrix? before, MatrixVersionRecorded recorded)
    {
        if (recorded.Snapshot is { } snapshot) return snapshot;
        if (before is null) throw new InvalidDataException($"Version {recorded.Version} of {recorded.Study} has no snapshot before it.");
        return before with
        {
            Version = recorded.Version,
            AsOf = recorded.AsOf,
            Root = recorded.Root,
            Digest = recorded.Digest,
            Lenses = before.Lenses.ToDictionary(lens => lens.Key, lens => Replace(lens.Value, recorded.Cells[lens.Key])),
            Likelihoods = Replace(before.Likelihoods, recorded.Likelihoods),
            SafetyTaxes = Replace(before.SafetyTaxes, recorded.SafetyTaxes),
        };
    }

    /// <summary>How many cells changed under at least one lens.</summary>
    public static int CountCells(MatrixVersionRecorded recorded) =>
        recorded.Cells.Values.SelectMany(cells => cells).Select(cell => (cell.Technique, cell.FailureMode)).Distinct().Count();

    /// <summary>Whether two matrices say the same, number by number: far cheaper than two digests, and as exact.</summary>
    public static bool IsSame(ConsensusMatrix one, ConsensusMatrix other) =>
        one.Study == other.Study && one.Version == other.Version && one.Root == other.Root && one.AsOf == other.AsOf
        && one.Digest == other.Digest && SameFrame(one, other)
        && one.Likelihoods.SequenceEqual(other.Likelihoods) && one.SafetyTaxes.SequenceEqual(other.SafetyTaxes)
        && one.Lenses.All(lens => lens.Value.SequenceEqual(other.Lenses[lens.Key]));

    private static IReadOnlyList<ConsensusCell> CellsOf(IReadOnlyList<ConsensusCell> cells, HashSet<Quantity> among) =>
        [.. cells.Where(cell => among.Contains(new Quantity(cell.Technique, cell.FailureMode)))];

    private static IReadOnlyList<ConsensusCell> Replace(IReadOnlyList<ConsensusCell> before, IReadOnlyList<ConsensusCell> changed)
    {
        if (changed.Count == 0) return before;
        var newer = changed.ToDictionary(cell => (cell.Technique, cell.FailureMode));
        return [.. before.Select(cell => newer.GetValueOrDefault((cell.Technique, cell.FailureMode), cell))];
    }

    private static IReadOnlyList<ConsensusQuantity> Replace(
        IReadOnlyList<ConsensusQuantity> before, IReadOnlyList<ConsensusQuantity> changed)
    {
        if (changed.Count == 0) return before;
        var newer = changed.ToDictionary(quantity => quantity.Id);
        return [.. before.Select(quantity => newer.GetValueOrDefault(quantity.Id, quantity))];
    }

    private static bool SameFrame(ConsensusMatrix before, ConsensusMatrix after) =>
        before.Label == after.Label && before.Constants == after.Constants
        && before.Techniques.SequenceEqual(after.Techniques)
        && before.FailureModes.SequenceEqual(after.FailureModes)
        && SamePortfolios(before.Portfolios, after.Portfolios)
        && before.Lenses.Keys.ToHashSet().SetEquals(after.Lenses.Keys);

    // A record compares its list by reference, and a list that was read back is another one.
    private static bool SamePortfolios(IReadOnlyList<NamedPortfolio> before, IReadOnlyList<NamedPortfolio> after) =>
        before.Count == after.Count
        && before.Zip(after)
            .All(pair => pair.First.Name == pair.Second.Name && pair.First.Techniques.SequenceEqual(pair.Second.Techniques));
}
