using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Evaluating;

/// <summary>Every lens over the cells of one matrix.</summary>
internal sealed class LensTable
{
    private readonly Dictionary<string, double?[]> _values;

    private LensTable(Dictionary<string, double?[]> values) => _values = values;

    /// <param name="cells">The counted ratings of each cell, in pooling order.</param>
    public static LensTable Of(IReadOnlyList<Rating[]> cells)
    {
        var habits = RaterHabits.Of(cells);
        var rows = cells.Select(cell => Multiverse.Of(CellView.Of(cell, habits)).Readings).ToArray();
        return new(Multiverse.All.Index().ToDictionary(
            pair => pair.Item.Id, pair => rows.Select(row => row[pair.Index].Value).ToArray()));
    }

    public bool IsDefined(Lens lens) => _values[lens.Id].All(value => value is not null);

    /// <exception cref="InvalidOperationException">The lens has no value in some cell.</exception>
    public IReadOnlyList<double> Values(Lens lens) => IsDefined(lens)
        ? [.. _values[lens.Id].Select(value => value!.Value)]
        : throw new InvalidOperationException($"the lens {lens.Id} has no value in some cell");
}
