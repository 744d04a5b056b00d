using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// How far the raters of a cell are apart, which is not how uncertain the consensus is. On the scale of probabilities, clamped to
/// 0.01..0.99, organisations weighing alike, times 4 so that 1 is the most there can be:
/// between = 4/K sum_o (mean_o - mean)^2 and within = 4/K sum_o (1/n_o) sum_i (p_i - mean_o)^2.
/// </summary>
/// <param name="Ordinal">
/// Dispersion of the raters' verdicts, 0..1: (F1 (1 - F1) + F2 (1 - F2)) / (1/2), F the cumulative shares (Blair and Lacy 2000);
/// 0 when unanimous, 1 when half say resistant and half vulnerable.
/// </param>
public readonly record struct CellDisagreement(double Between, double Within, double Ordinal)
{
    public double Total => Between + Within;

    /// <summary>As it is published.</summary>
    internal DisagreementFigures Figures => new(Between, Within, Total, Ordinal);

    /// <summary>Of one cell, or null when nothing was rated.</summary>
    /// <param name="ratings">One per rater, ascending by organisation and rater.</param>
    /// <param name="policy">Where verdicts without a number lie; null: as ROHL-1 has it.</param>
    public static CellDisagreement? Of(ReadOnlySpan<Rating> ratings, Rohl1Policy? policy = null) =>
        Rohl1.Pool(ratings, policy ?? Rohl1Policy.Default) is { } posterior ? Of(ratings, posterior) : null;

    internal static CellDisagreement Of(ReadOnlySpan<Rating> ratings, Posterior posterior) =>
        new(posterior.Between, posterior.Within, OfVerdicts(ratings));

    internal static (double Between, double Within) Split(ReadOnlySpan<OrganisationSummary> organisations)
    {
        if (organisations.IsEmpty)
            return (0, 0);
        double sum = 0, between = 0, within = 0;
        foreach (var organisation in organisations)
            sum += organisation.Mean;
        var mean = sum / organisations.Length;
        foreach (var organisation in organisations)
        {
            between += (organisation.Mean - mean) * (organisation.Mean - mean);
            within += organisation.Within;
        }

        return (4 * (between / organisations.Length), 4 * (within / organisations.Length));
    }

    private static double OfVerdicts(ReadOnlySpan<Rating> ratings)
    {
        var (resistant, vulnerable) = (0, 0);
        foreach (var rating in ratings)
        {
            var verdict = Observation.OrdinalVerdict(rating);
            resistant += verdict == Verdict.Resistant ? 1 : 0;
            vulnerable += verdict == Verdict.Vulnerable ? 1 : 0;
        }

        var (r, v) = ((double)resistant / ratings.Length, (double)vulnerable / ratings.Length);
        return (r * (1 - r) + v * (1 - v)) / 0.5;
    }
}
