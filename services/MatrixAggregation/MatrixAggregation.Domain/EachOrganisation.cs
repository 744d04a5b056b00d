using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What each organisation says of every cell on its own: ROHL-1 up to the organisation, not beyond.</summary>
public static class EachOrganisation
{
    /// <param name="matrix">The matrix of the state's version.</param>
    public static OrganisationViews Of(MatrixState state, ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(matrix);
        var means = new SortedDictionary<string, double?[]>(StringComparer.Ordinal);
        var raters = new HashSet<RaterKey>();
        var cells = state.Cells.ToArray();
        for (var i = 0; i < cells.Length; i++)
        {
            foreach (var ratings in Consensus.Counted(state, cells[i]).GroupBy(rating => rating.Organisation))
            {
                Rating[] own = [.. ratings];
                if (!means.TryGetValue(ratings.Key, out var row)) means[ratings.Key] = row = new double?[cells.Length];
                row[i] = Observation.Expit(OrganisationSummary.Of(own).Y);
                raters.UnionWith(own.Select(rating => new RaterKey(rating.Organisation, rating.Rater)));
            }
        }

        return new(
            matrix.Study, matrix.Label, matrix.Version, matrix.Digest ?? Consensus.DigestOf(matrix),
            [.. means.Select(one => new OrganisationView(one.Key, raters.Count(rater => rater.Organisation == one.Key), one.Value))]);
    }
}
