using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Importance of each failure mode for one portfolio, from R1 (the mode certain) and R0 (the mode impossible), each by a
/// recursion of its own with positive terms: the difference of two nearby sums would lose what it measures.
/// Sources: Birnbaum 1969 (R1 - R0); criticality (R - R0) / R, the risk-reduction form that PRA standards call Fussell-Vesely;
/// diagnostic pi R1 / R; risk achievement worth R1 / R; risk reduction worth R / R0 (NUREG/CR-3385).
/// </summary>
public static class Importance
{
    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <returns>One for each failure mode, in the model's order; ratios are null where they are undefined.</returns>
    public static IReadOnlyList<FailureModeImportance> Of(RiskModel portfolio)
    {
        var joint = FailedSets.Joint(portfolio);
        return [.. portfolio.FailureModes.Select((mode, j) => Of(portfolio, mode, j, joint))];
    }

    private static FailureModeImportance Of(RiskModel portfolio, string mode, int index, double joint)
    {
        var certain = FailedSets.Joint(portfolio.WithLikelihood(index, 1));
        var impossible = FailedSets.Joint(portfolio.WithLikelihood(index, 0));
        // R never falls as a likelihood rises; two roundings may say so.
        var birnbaum = Math.Max(0, certain - impossible);
        var likelihood = portfolio.Likelihoods[index];
        return joint == 0
            ? new FailureModeImportance(mode, birnbaum, null, null, null, null)
            : new FailureModeImportance(
                mode, birnbaum, likelihood * birnbaum / joint, likelihood * certain / joint, certain / joint,
                impossible == 0 ? null : joint / impossible);
    }
}
