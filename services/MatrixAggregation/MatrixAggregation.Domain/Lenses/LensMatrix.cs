using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>The cells of a whole matrix under one lens of the multiverse.</summary>
/// <param name="Cells">Techniques outer, failure modes inner.</param>
/// <param name="Undefined">Rated cells for which the lens has no number.</param>
public sealed record LensMatrix(IReadOnlyList<ConsensusCell> Cells, IReadOnlyList<UndefinedCell> Undefined)
{
    /// <param name="lens">One of <see cref="Multiverse.All"/>.</param>
    public static LensMatrix Of(MatrixState state, Lens lens)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(lens);
        var cells = state.Cells.Select(cell => (Cell: cell, Counted: Consensus.Counted(state, cell))).ToArray();
        var habits = RaterHabits.Of(cells.Select(one => one.Counted));
        var (answers, undefined) = (new List<ConsensusCell>(), new List<UndefinedCell>());
        foreach (var (cell, counted) in cells)
        {
            var view = CellView.Of(counted, habits, Consensus.CountedWithAiRaters(state, cell), state.Policy.Rohl1);
            var value = Multiverse.Read(lens, view);
            answers.Add(Cell(cell, Consensus.Stale(state, cell), lens, view, value));
            if (value is { Undefined: { } because and not LensValue.NoData })
                undefined.Add(new(cell.Technique!, cell.FailureMode!, because));
        }

        return new(answers, undefined);
    }

    private static ConsensusCell Cell(Quantity cell, int stale, Lens lens, CellView view, LensValue value)
    {
        var seen = lens == PublishedLenses.WithAiRaters ? view.WithAiRaters : view.Headline;
        var whole = Consensus.HeadlineCell(cell, seen, stale);
        return lens == PublishedLenses.WithAiRaters || seen is null
            ? whole
            : new(
                whole.Technique, whole.FailureMode, whole.Raters, whole.Organisations, value.Value, null, null, null, null, null, null,
                null, null, value.Verdict is { } verdict ? Verdicts.Name(verdict) : null, whole.Status, stale);
    }
}
