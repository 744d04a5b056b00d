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

    /// <summary>
    /// The same for any number of techniques that can be computed exactly, in about m log2 m transitions up to
    /// <see cref="FailedSets.LargestTable"/> of them. The last bits may differ from those of <see cref="Of(RiskModel)"/>, which
    /// published reports rest on.
    /// </summary>
    /// <inheritdoc cref="Of(RiskModel)" path="/param"/>
    /// <inheritdoc cref="Of(RiskModel)" path="/returns"/>
    /// <exception cref="RiskInputException">It would take more than some seconds.</exception>
    public static IReadOnlyList<FailureModeImportance> OfAnySize(RiskModel portfolio) => OfAnySize(portfolio, WorkLimit.Most);

    internal static IReadOnlyList<FailureModeImportance> OfAnySize(RiskModel portfolio, double mostWork)
    {
        var (t, m) = (portfolio.Techniques.Count, portfolio.FailureModes.Count);
        if (t <= ScoreRisk.LargestListed && 2.0 * m * m * t * (1 << t) <= mostWork) return Of(portfolio);
        var (certain, impossible) = (new double[m], new double[m]);
        if (t <= FailedSets.LargestTable)
            WithoutEachMode.Of(portfolio, (j, exactly, scratch) =>
            {
                impossible[j] = exactly[^1];
                exactly.CopyTo(scratch);
                FailedSetSteps.Fail(scratch, portfolio.Means(j));
                certain[j] = scratch[^1];
            }, mostWork);
        else
            for (var j = 0; j < m; j++)
                (certain[j], impossible[j]) = (At(j, 1), At(j, 0));
        var joint = LargeJoint.ExactOf(portfolio, 2 * m + 1, mostWork);
        return [.. portfolio.FailureModes.Select((mode, j) => Of(mode, portfolio.Likelihoods[j], joint, certain[j], impossible[j]))];

        double At(int mode, double likelihood) => LargeJoint.ExactOf(portfolio.WithLikelihood(mode, likelihood), 2 * m + 1, mostWork);
    }

    /// <summary>
    /// Differential importance (Borgonovo and Apostolakis 2001): Birnbaum's as a share of all of them, plain or times likelihood.
    /// Null when no mode matters.
    /// </summary>
    /// <param name="importance">Of every failure mode of the model, in its order.</param>
    public static IReadOnlyList<DifferentialImportance> Differential(RiskModel model, IReadOnlyList<FailureModeImportance> importance)
    {
        var (uniform, proportional) = (0.0, 0.0);
        for (var j = 0; j < importance.Count; j++)
        {
            uniform += importance[j].Birnbaum;
            proportional += model.Likelihoods[j] * importance[j].Birnbaum;
        }

        return [.. importance.Select((mode, j) => new DifferentialImportance(
            mode.FailureMode, uniform == 0 ? null : mode.Birnbaum / uniform,
            proportional == 0 ? null : model.Likelihoods[j] * mode.Birnbaum / proportional))];
    }

    /// <param name="certain">R1.</param>
    /// <param name="impossible">R0.</param>
    internal static FailureModeImportance Of(string mode, double likelihood, double joint, double certain, double impossible)
    {
        // R never falls as a likelihood rises; two roundings may say so.
        var birnbaum = Math.Max(0, certain - impossible);
        return joint == 0
            ? new FailureModeImportance(mode, birnbaum, null, null, null, null)
            : new FailureModeImportance(
                mode, birnbaum, likelihood * birnbaum / joint, likelihood * certain / joint, certain / joint,
                impossible == 0 ? null : joint / impossible);
    }

    private static FailureModeImportance Of(RiskModel portfolio, string mode, int index, double joint) => Of(
        mode, portfolio.Likelihoods[index], joint, FailedSets.Joint(portfolio.WithLikelihood(index, 1)),
        FailedSets.Joint(portfolio.WithLikelihood(index, 0)));
}
