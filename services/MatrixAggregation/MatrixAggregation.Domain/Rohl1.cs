using System.Buffers;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// ROHL-1: robust organisation-balanced hierarchical logit pooling of one cell's ratings. y_o ~ t_2(mu, sqrt(V_o + tau^2)),
/// mu ~ N(0, 1.6092^2) (each verdict 1/3 a priori), tau ~ HalfNormal(0.5); exact quadrature, no sampling.
/// docs/methods/aggregation.md has the formulas, their sources and limits.
/// </summary>
public static class Rohl1
{
    private const double VerdictNeeds = 0.6;

    /// <summary>The consensus of one cell, or null when nothing was rated.</summary>
    /// <param name="ratings">One per rater, ascending by organisation and rater (<see cref="Rating.InOrder"/>).</param>
    /// <exception cref="ArgumentException">Ratings out of order, or one without verdict and number.</exception>
    public static Posterior? Pool(ReadOnlySpan<Rating> ratings) => Pool(ratings, Rohl1Policy.Default);

    /// <inheritdoc cref="Pool(ReadOnlySpan{Rating})"/>
    public static Posterior? Pool(ReadOnlySpan<Rating> ratings, Rohl1Policy policy) =>
        ratings.IsEmpty ? null : Compute(ratings, policy, parts: null);

    /// <summary>The same with each organisation's influence, in organisation order; the posterior has the same bits.</summary>
    public static (Posterior Posterior, IReadOnlyList<OrganisationPart> Parts)? Explain(ReadOnlySpan<Rating> ratings) =>
        Explain(ratings, Rohl1Policy.Default);

    /// <inheritdoc cref="Explain(ReadOnlySpan{Rating})"/>
    public static (Posterior Posterior, IReadOnlyList<OrganisationPart> Parts)? Explain(ReadOnlySpan<Rating> ratings, Rohl1Policy policy)
    {
        if (ratings.IsEmpty)
            return null;
        var parts = new List<OrganisationPart>();
        return (Compute(ratings, policy, parts), parts);
    }

    /// <summary>Without ratings this is the prior, which is nobody's consensus: callers outside never see it.</summary>
    internal static Posterior Compute(ReadOnlySpan<Rating> ratings, Rohl1Policy policy, List<OrganisationPart>? parts)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Rating.RequireOrder(ratings);
        var summaries = ArrayPool<OrganisationSummary>.Shared.Rent(Math.Max(1, ratings.Length));
        var grid = ArrayPool<double>.Shared.Rent(Rohl1Grid.Nodes);
        try
        {
            var organisations = summaries.AsSpan(0, Summarise(ratings, policy, summaries));
            Rohl1Grid.Fill(grid, organisations, policy);
            var posterior = Read(grid, organisations, policy);
            if (parts is not null)
                Explain(grid, organisations, policy, posterior, parts);
            return posterior;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(grid);
            ArrayPool<OrganisationSummary>.Shared.Return(summaries, clearArray: true);
        }
    }

    private static int Summarise(ReadOnlySpan<Rating> ratings, Rohl1Policy policy, Span<OrganisationSummary> summaries)
    {
        var count = 0;
        for (var from = 0; from < ratings.Length;)
        {
            var to = from + 1;
            while (to < ratings.Length && ratings[to].Organisation == ratings[from].Organisation)
                to++;
            summaries[count++] = OrganisationSummary.Of(ratings[from..to], policy);
            from = to;
        }

        return count;
    }

    private static Posterior Read(ReadOnlySpan<double> grid, ReadOnlySpan<OrganisationSummary> organisations, Rohl1Policy policy)
    {
        Span<double> mu = stackalloc double[Rohl1Grid.MuNodes];
        Span<double> tau = stackalloc double[Rohl1Grid.TauNodes];
        Rohl1Grid.Marginals(grid, mu, tau);
        Rohl1Marginal.Normalise(mu);
        Rohl1Marginal.Normalise(tau);
        var (mean, square) = Rohl1Marginal.Moments(mu);
        var expectedTau = 0.0;
        Span<double> nodes = stackalloc double[Rohl1Grid.TauNodes];
        Rohl1Grid.Scale(policy, nodes);
        for (var g = 0; g < tau.Length; g++)
            expectedTau += tau[g] * nodes[g];
        var raters = 0;
        foreach (var organisation in organisations)
            raters += organisation.Raters;
        var (resistant, uncertain, vulnerable) = Rohl1Marginal.Shares(mu);
        var (between, within) = CellDisagreement.Split(organisations);
        return new(
            raters, organisations.Length, mean, Math.Sqrt(Math.Max(0, square - mean * mean)), At(mu, 0.5), At(mu, 0.05), At(mu, 0.95),
            resistant, uncertain, vulnerable, expectedTau, between, within, Likeliest(resistant, vulnerable),
            Status.Of(organisations.Length, resistant, vulnerable, between));
    }

    private static double At(ReadOnlySpan<double> mu, double share) => Observation.Expit(Rohl1Marginal.Quantile(mu, share));

    private static void Explain(
        ReadOnlySpan<double> grid, ReadOnlySpan<OrganisationSummary> organisations, Rohl1Policy policy, Posterior all,
        List<OrganisationPart> parts)
    {
        Span<double> mu = stackalloc double[Rohl1Grid.MuNodes];
        foreach (var organisation in organisations)
        {
            var alone = new OrganisationPart(
                organisation.Organisation, organisation.Raters, Observation.Expit(organisation.Y), Influence: null, FlipsVerdict: false,
                VerdictWithout: null, organisation.EffectiveRaters, organisation.IndependentRaters(policy));
            if (organisations.Length == 1)
            {
                parts.Add(alone);
                continue;
            }

            Rohl1Grid.MarginalWithout(grid, organisation, policy, mu);
            Rohl1Marginal.Normalise(mu);
            var (resistant, _, vulnerable) = Rohl1Marginal.Shares(mu);
            var verdict = Likeliest(resistant, vulnerable);
            parts.Add(alone with
            {
                Influence = all.Mean - Rohl1Marginal.Moments(mu).Mean,
                FlipsVerdict = verdict != all.Verdict,
                VerdictWithout = verdict,
            });
        }
    }

    private static Verdict Likeliest(double resistant, double vulnerable) =>
        resistant >= VerdictNeeds ? Verdict.Resistant : vulnerable >= VerdictNeeds ? Verdict.Vulnerable : Verdict.Uncertain;
}
