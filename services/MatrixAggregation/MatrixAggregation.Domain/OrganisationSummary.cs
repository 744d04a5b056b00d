using System.Buffers;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// One organisation's raters of one cell as one observation, ROHL-1 step 3: a pseudo-Huber location with a variance that
/// treats its raters as correlated (rho = 0.5), so that any number of them weighs at most as two independent ones.
/// </summary>
/// <param name="Y">Location in logits: the root of sum w (y - m) / sqrt(1 + (y - m)^2 / v), v = s^2 + 0.75^2, w = 1 / v.</param>
/// <param name="V">Variance in logits: sum w~^2 v / (sum w~)^2 (1 + (n_eff - 1) rho), w~ the weights at the root.</param>
/// <param name="EffectiveRaters">n_eff = (sum w~)^2 / sum w~^2.</param>
/// <param name="Mean">Mean of its raters' probabilities, for the measures of disagreement.</param>
/// <param name="Within">Mean squared deviation of its raters' probabilities from that mean.</param>
public readonly record struct OrganisationSummary(
    string Organisation, int Raters, double Y, double V, double EffectiveRaters, double Mean, double Within)
{
    private const double Tolerance = 1e-14;
    private const int MaxSteps = 200;

    /// <summary>n_eff / (1 + (n_eff - 1) rho): how many raters of organisations of their own would weigh as much.</summary>
    public double IndependentRaters(Rohl1Policy policy) => EffectiveRaters / DesignEffect(EffectiveRaters, policy);

    /// <param name="ratings">The organisation's ratings, at least one, in rater order.</param>
    internal static OrganisationSummary Of(ReadOnlySpan<Rating> ratings) => Of(ratings, Rohl1Policy.Default);

    /// <inheritdoc cref="Of(ReadOnlySpan{Rating})"/>
    internal static OrganisationSummary Of(ReadOnlySpan<Rating> ratings, Rohl1Policy policy)
    {
        var n = ratings.Length;
        var rented = ArrayPool<double>.Shared.Rent(2 * n);
        var y = rented.AsSpan(0, n);
        var v = rented.AsSpan(n, n);
        Observe(ratings, policy, y, v);
        var m = Location(y, v);
        double sum = 0, squares = 0, variance = 0;
        for (var i = 0; i < n; i++)
        {
            var weight = Weight(y[i], v[i], m);
            sum += weight;
            squares += weight * weight;
            variance += weight * weight * v[i];
        }

        var effective = sum * sum / squares;
        var (mean, within) = Spread(y);
        ArrayPool<double>.Shared.Return(rented);
        return new(ratings[0].Organisation, n, m, variance / (sum * sum) * DesignEffect(effective, policy), effective, mean, within);
    }

    /// <summary>Each rating's part in its organisation's location, w~ / sum w~: above 0, all of them 1 together.</summary>
    /// <param name="ratings">One organisation's, at least one, in rater order.</param>
    public static IReadOnlyList<double> Shares(IReadOnlyList<Rating> ratings, Rohl1Policy policy)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(policy);
        var (y, v) = (new double[ratings.Count], new double[ratings.Count]);
        Observe([.. ratings], policy, y, v);
        var m = Location(y, v);
        var weights = y.Select((one, at) => Weight(one, v[at], m)).ToArray();
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static void Observe(ReadOnlySpan<Rating> ratings, Rohl1Policy policy, Span<double> y, Span<double> v)
    {
        for (var i = 0; i < ratings.Length; i++)
        {
            var seen = Observation.Of(ratings[i], policy);
            y[i] = seen.Y;
            v[i] = seen.S * seen.S + policy.SigmaWithin * policy.SigmaWithin;
        }
    }

    private static double Weight(double y, double v, double m) => 1 / v / Math.Sqrt(1 + (y - m) * (y - m) / v);

    private static double DesignEffect(double effective, Rohl1Policy policy) => 1 + (effective - 1) * policy.Rho;

    // The loss is strictly convex, so the score has one root: Newton, kept inside a shrinking bracket by bisection.
    private static double Location(ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        double low = y[0], high = y[0], weighted = 0, weights = 0;
        for (var i = 0; i < y.Length; i++)
        {
            low = Math.Min(low, y[i]);
            high = Math.Max(high, y[i]);
            weighted += 1 / v[i] * y[i];
            weights += 1 / v[i];
        }

        var m = weighted / weights;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (score, slope) = Score(y, v, m);
            if (score == 0 || high - low <= Tolerance)
                return m;
            if (score > 0)
                low = m;
            else
                high = m;
            var next = m + score / slope;
            if (!(low <= next && next <= high))
                next = (low + high) / 2;
            var moved = Math.Abs(next - m);
            m = next;
            if (moved < Tolerance)
                return m;
        }

        return m;
    }

    private static (double Score, double Slope) Score(ReadOnlySpan<double> y, ReadOnlySpan<double> v, double m)
    {
        double score = 0, slope = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var e = y[i] - m;
            var x = 1 + e * e / v[i];
            var root = Math.Sqrt(x);
            score += 1 / v[i] * e / root;
            slope += 1 / v[i] / (x * root);
        }

        return (score, slope);
    }

    private static (double Mean, double Within) Spread(ReadOnlySpan<double> y)
    {
        double sum = 0, squares = 0;
        foreach (var logit in y)
            sum += Observation.Expit(logit);
        var mean = sum / y.Length;
        foreach (var logit in y)
        {
            var off = Observation.Expit(logit) - mean;
            squares += off * off;
        }

        return (mean, squares / y.Length);
    }
}
