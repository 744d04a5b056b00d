using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One ledger entry that a cell's ratings are in.</summary>
/// <param name="Share">Its part in its organisation's location, above 0 and at most 1; null when it does not count.</param>
/// <param name="Influence">Headline mean minus the mean without its organisation; null when it does not count or is the only one.</param>
public sealed record ExplainedRating(RatingLineage Rating, double? Share, double? Influence);

/// <summary>A cell of a version with every entry that makes it what it is.</summary>
public sealed record CellExplanation(CellLineage Lineage, IReadOnlyList<ExplainedRating> Ratings)
{
    /// <summary>Null when the catalogue has no such technique or failure mode.</summary>
    /// <param name="matrix">The matrix of the state's version.</param>
    /// <exception cref="ArgumentException">The matrix is of another version than the state.</exception>
    public static CellExplanation? Of(MatrixState state, ConsensusMatrix matrix, string technique, string failureMode)
    {
        if (Domain.Lineage.Of(state, matrix, technique, failureMode) is not { } lineage) return null;
        var quantity = new Quantity(technique, failureMode);
        var shares = state.JudgementsOf(quantity).Where(one => state.NotCountedBecause(quantity, one) is null)
            .GroupBy(one => one.By.Organisation, StringComparer.Ordinal)
            .SelectMany(group => group.Zip(
                OrganisationSummary.Shares([.. group.Select(one => one.Rating!)], state.Policy.Rohl1), (one, share) => (one.By, share)))
            .ToDictionary(pair => pair.By, pair => pair.share);
        var influences = lineage.Organisations.ToDictionary(part => part.Organisation, part => part.Influence);
        return new(
            lineage,
            [
                .. lineage.Ratings.Select(rating => shares.TryGetValue(new(rating.Organisation, rating.Rater), out var share)
                    ? new ExplainedRating(rating, share, influences[rating.Organisation])
                    : new ExplainedRating(rating, null, null)),
            ]);
    }
}
