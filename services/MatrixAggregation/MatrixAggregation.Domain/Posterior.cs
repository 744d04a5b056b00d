namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What ROHL-1 says about one cell, p = P(technique fails | failure mode obtains).</summary>
/// <param name="Mean">Posterior mean of p.</param>
/// <param name="Sd">Posterior standard deviation of p.</param>
/// <param name="Lower90">5 % quantile of p; with <paramref name="Upper90"/> the 90 % credible interval.</param>
/// <param name="PResistant">P(p below 1/3).</param>
/// <param name="PUncertain">P(p in 1/3..2/3).</param>
/// <param name="PVulnerable">P(p above 2/3).</param>
/// <param name="Tau">Expected standard deviation between organisations, in logits.</param>
/// <param name="Between">Disagreement between organisations, 0..1: 4/K sum (mean_o - mean)^2.</param>
/// <param name="Within">Disagreement inside organisations, 0..1: 4/K sum of their raters' mean squared deviations.</param>
/// <param name="Verdict">The verdict with a probability of at least 0.6, otherwise uncertain.</param>
/// <param name="Status">One of <see cref="Domain.Status"/>.</param>
public readonly record struct Posterior(
    int Raters, int Organisations, double Mean, double Sd, double Median, double Lower90, double Upper90,
    double PResistant, double PUncertain, double PVulnerable, double Tau, double Between, double Within, Verdict Verdict, string Status);

/// <summary>One organisation's part in a cell's consensus.</summary>
/// <param name="Mean">The organisation's pooled judgement as a probability, expit of its location.</param>
/// <param name="Influence">Mean with it minus mean without it, or null when it is the only one.</param>
/// <param name="FlipsVerdict">Without it the verdict would be another one: the cell is fragile.</param>
/// <param name="VerdictWithout">The verdict of the others, or null when there are none.</param>
/// <param name="EffectiveRaters">n_eff of <see cref="OrganisationSummary"/>.</param>
/// <param name="IndependentRaters">How many raters of organisations of their own would weigh as much, at most 1 / rho.</param>
public readonly record struct OrganisationPart(
    string Organisation, int Raters, double Mean, double? Influence, bool FlipsVerdict, Verdict? VerdictWithout, double EffectiveRaters,
    double IndependentRaters);
