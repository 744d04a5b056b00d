using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One cell looked at from all sides: the headline, who moves it, how far raters are apart, and what other methods say.</summary>
/// <param name="Headline">Null when no rating counts.</param>
/// <param name="Parts">One per organisation, in pooling order.</param>
/// <param name="WithAiRaters">The headline as it would be if AI raters counted; null where none would.</param>
public sealed record CellAnalysis(
    Posterior? Headline, IReadOnlyList<OrganisationPart> Parts, CellDisagreement? Disagreement, Multiverse Multiverse,
    Posterior? WithAiRaters)
{
    /// <summary>Without one of the organisations the verdict would be another one.</summary>
    public bool Fragile => Parts.Any(part => part.FlipsVerdict);

    /// <param name="counted">One per rater, ascending by organisation and rater.</param>
    /// <param name="habits">Of the counted ratings of every cell of the matrix.</param>
    /// <param name="withAiRaters">The counted ratings and those of AI raters, in the same order; null when there are none.</param>
    /// <param name="policy">The constants of the headline and of <c>with-ai-raters</c>; null: ROHL-1's own.</param>
    /// <exception cref="ArgumentException">Ratings out of order, or one without verdict and number.</exception>
    public static CellAnalysis Of(Rating[] counted, RaterHabits habits, Rating[]? withAiRaters = null, Rohl1Policy? policy = null)
    {
        var explained = Rohl1.Explain(counted, policy ?? Rohl1Policy.Default);
        var view = CellView.Of(counted, habits, explained?.Posterior, withAiRaters, policy);
        return new(
            explained?.Posterior, explained?.Parts ?? [],
            explained is { } found ? CellDisagreement.Of(counted, found.Posterior) : null, Multiverse.Of(view),
            withAiRaters is null ? null : view.WithAiRaters);
    }

    /// <summary>One cell of the state's matrix; the others are looked at for their raters' habits only.</summary>
    public static CellAnalysis OfCell(MatrixState state, Quantity cell)
    {
        ArgumentNullException.ThrowIfNull(state);
        var habits = RaterHabits.Of(state.Cells.Select(one => Consensus.Counted(state, one)));
        return Of(Consensus.Counted(state, cell), habits, Consensus.CountedWithAiRaters(state, cell), state.Policy.Rohl1);
    }

    /// <summary>Every cell of the state's matrix, techniques outer, failure modes inner.</summary>
    public static IReadOnlyList<(Quantity Cell, CellAnalysis Analysis)> OfMatrix(MatrixState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var cells = state.Cells.Select(cell => (Cell: cell, Counted: Consensus.Counted(state, cell))).ToArray();
        var habits = RaterHabits.Of(cells.Select(one => one.Counted));
        return
        [
            .. cells.Select(one =>
                (one.Cell, Of(one.Counted, habits, Consensus.CountedWithAiRaters(state, one.Cell), state.Policy.Rohl1))),
        ];
    }
}
