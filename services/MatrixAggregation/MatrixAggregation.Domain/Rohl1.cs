using System.Buffers;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// ROHL-1: robust organisation-balanced hierarchical logit pooling of one cell's ratings. y_o ~ t_2(mu, sqrt(V_o + tau^2)),
/// mu ~ N(0, 1.6092^2) (each verdict 1/3 a priori), tau ~ HalfNormal(0.5); exact quadrature, no sampling.
/// docs/methods/aggregation.md has the formulas, their sources and limits.
/// </summary>
public static class Rohl1
{
    private const double Ln2 = 0.6931471805599453;
    private const double Step = 0.05;
    private const double VerdictNeeds = 0.6;

    /// <summary>The consensus of one cell, or null when nothing was rated.</summary>
    /// <param name="ratings">One per rater, ascending by organisation and rater (<see cref="Rating.InOrder"/>).</param>
    /// <exception cref="ArgumentException">Ratings out of order, or one without verdict and number.</exception>
    public static Posterior? Pool(ReadOnlySpan<Rating> ratings) => ratings.IsEmpty ? null : Compute(ratings, parts: null);

    /// <summary>The same with each organisation's influence, in organisation order; the posterior has the same bits.</summary>
    public static (Posterior Posterior, IReadOnlyList<OrganisationPart> Parts)? Explain(ReadOnlySpan<Rating> ratings)
    {
        if (ratings.IsEmpty)
            return null;
        var parts = new List<OrganisationPart>();
        return (Compute(ratings, parts), parts);
    }

    /// <summary>Without ratings this is the prior, which is nobody's consensus: callers outside never see it.</summary>
    internal static Posterior Compute(ReadOnlySpan<Rating> ratings, List<OrganisationPart>? parts)
    {
        Rating.RequireOrder(ratings);
        var summaries = ArrayPool<OrganisationSummary>.Shared.Rent(Math.Max(1, ratings.Length));
        var grid = ArrayPool<double>.Shared.Rent(Rohl1Grid.Nodes);
        try
        {
            var organisations = summaries.AsSpan(0, Summarise(ratings, summaries));
            Rohl1Grid.Fill(grid, organisations);
            var posterior = Read(grid, organisations);
            if (parts is not null)
                Explain(grid, organisations, posterior, parts);
            return posterior;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(grid);
            ArrayPool<OrganisationSummary>.Shared.Return(summaries, clearArray: true);
        }
    }

    private static int Summarise(ReadOnlySpan<Rating> ratings, Span<OrganisationSummary> summaries)
    {
        var count = 0;
        for (var from = 0; from < ratings.Length;)
        {
            var to = from + 1;
            while (to < ratings.Length && ratings[to].Organisation == ratings[from].Organisation)
                to++;
            summaries[count++] = OrganisationSummary.Of(ratings[from..to]);
            from = to;
        }

        return count;
    }

    private static Posterior Read(ReadOnlySpan<double> grid, ReadOnlySpan<OrganisationSummary> organisations)
    {
        Span<double> mu = stackalloc double[Rohl1Grid.MuNodes];
        Span<double> tau = stackalloc double[Rohl1Grid.TauNodes];
        Rohl1Grid.Marginals(grid, mu, tau);
        Normalise(mu);
        Normalise(tau);
        var (mean, square) = Moments(mu);
        var expectedTau = 0.0;
        var nodes = Rohl1Tables.Tau;
        for (var g = 0; g < tau.Length; g++)
            expectedTau += tau[g] * nodes[g];
        var raters = 0;
        foreach (var organisation in organisations)
            raters += organisation.Raters;
        var (resistant, uncertain, vulnerable) = Shares(mu);
        var (between, within) = Disagreement(organisations);
        return new(
            raters, organisations.Length, mean, Math.Sqrt(Math.Max(0, square - mean * mean)), Observation.Expit(Quantile(mu, 0.5)),
            Observation.Expit(Quantile(mu, 0.05)), Observation.Expit(Quantile(mu, 0.95)), resistant, uncertain, vulnerable, expectedTau,
            between, within, Likeliest(resistant, vulnerable), Status.Of(organisations.Length, resistant, vulnerable, between));
    }

    private static void Explain(
        ReadOnlySpan<double> grid, ReadOnlySpan<OrganisationSummary> organisations, Posterior all, List<OrganisationPart> parts)
    {
        Span<double> mu = stackalloc double[Rohl1Grid.MuNodes];
        foreach (var organisation in organisations)
        {
            var location = Observation.Expit(organisation.Y);
            if (organisations.Length == 1)
            {
                parts.Add(new(organisation.Organisation, organisation.Raters, location, Influence: null, FlipsVerdict: false));
                continue;
            }

            Rohl1Grid.MarginalWithout(grid, organisation, mu);
            Normalise(mu);
            var (resistant, _, vulnerable) = Shares(mu);
            parts.Add(new(
                organisation.Organisation, organisation.Raters, location, all.Mean - Moments(mu).Mean,
                Likeliest(resistant, vulnerable) != all.Verdict));
        }
    }

    private static (double Between, double Within) Disagreement(ReadOnlySpan<OrganisationSummary> organisations)
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

    private static Verdict Likeliest(double resistant, double vulnerable) =>
        resistant >= VerdictNeeds ? Verdict.Resistant : vulnerable >= VerdictNeeds ? Verdict.Vulnerable : Verdict.Uncertain;

    private static void Normalise(Span<double> masses)
    {
        var total = 0.0;
        foreach (var mass in masses)
            total += mass;
        foreach (ref var mass in masses)
            mass /= total;
    }

    private static (double Mean, double Square) Moments(ReadOnlySpan<double> mu)
    {
        double mean = 0, square = 0;
        var p = Rohl1Tables.Probability;
        for (var k = 0; k < mu.Length; k++)
        {
            mean += mu[k] * p[k];
            square += mu[k] * (p[k] * p[k]);
        }

        return (mean, square);
    }

    private static (double Resistant, double Uncertain, double Vulnerable) Shares(ReadOnlySpan<double> mu)
    {
        var resistant = MassBelow(mu, -Ln2);

        // Rounding may leave a difference of masses just below nothing.
        var vulnerable = Math.Max(0, 1 - MassBelow(mu, Ln2));
        return (resistant, Math.Max(0, 1 - resistant - vulnerable), vulnerable);
    }

    // The posterior of mu is taken as constant on cells of one step around each node.
    private static double Quantile(ReadOnlySpan<double> mu, double share)
    {
        var below = 0.0;
        var nodes = Rohl1Tables.Mu;
        for (var k = 0; k < mu.Length; k++)
        {
            if (below + mu[k] >= share)
                return nodes[k] - Step / 2 + (mu[k] > 0 ? (share - below) / mu[k] : 0) * Step;
            below += mu[k];
        }

        return nodes[^1];
    }

    private static double MassBelow(ReadOnlySpan<double> mu, double cut)
    {
        var below = 0.0;
        var nodes = Rohl1Tables.Mu;
        for (var k = 0; k < mu.Length; k++)
        {
            var (from, to) = (nodes[k] - Step / 2, nodes[k] + Step / 2);
            if (cut < to)
                return cut > from ? below + mu[k] * (cut - from) / Step : below;
            below += mu[k];
        }

        return below;
    }
}
