namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// A rating as a noisy observation in logits, ROHL-1 step 2. Bounds are put in order, rescaled linearly to 80 % (IDEA
/// protocol), and their distance in logits becomes the standard deviation: (logit U80 - logit L80) / (2 z90), clipped to
/// 0.6..2.5. The floor removes the reward for intervals without width; confidence rescales and never weighs.
/// </summary>
/// <param name="Y">Location in logits, within +-4.595 (p is clamped to 0.01..0.99).</param>
/// <param name="S">Standard deviation in logits, 0.6..2.5.</param>
/// <param name="Inconsistent">Verdict and number fall on opposite sides of one half; the number was used.</param>
public readonly record struct Observation(double Y, double S, bool Inconsistent)
{
    private const double Epsilon = 0.01;
    private const double Z90 = 1.2815515655446004;
    private const double SMax = 2.5;
    private const double SPoint = 1.0;
    private const double SUncertain = 1.25;
    private const double Interval = 0.8;

    /// <exception cref="ArgumentException">The rating has neither verdict nor number.</exception>
    public static Observation Of(Rating rating) => Of(rating, Rohl1Policy.Default);

    /// <inheritdoc cref="Of(Rating)"/>
    public static Observation Of(Rating rating, Rohl1Policy policy)
    {
        ArgumentNullException.ThrowIfNull(rating);
        ArgumentNullException.ThrowIfNull(policy);
        if (rating.Best is not { } best)
            return rating.Verdict is { } verdict
                ? OfVerdict(verdict, policy)
                : throw new ArgumentException($"rating of {rating.Organisation}/{rating.Rater} needs a verdict or best", nameof(rating));
        var inconsistent = rating.Verdict switch
        {
            Domain.Verdict.Resistant => best > 0.5,
            Domain.Verdict.Vulnerable => best < 0.5,
            _ => false,
        };
        return new(Logit(Clamp(best)), Spread(best, rating, policy.SMin), inconsistent);
    }

    /// <summary>The verdict for ordinal statistics: as stated, otherwise read off the number.</summary>
    public static Verdict OrdinalVerdict(Rating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        return rating.Verdict ?? (rating.Best is { } best
            ? Verdicts.OfProbability(best)
            : throw new ArgumentException($"rating of {rating.Organisation}/{rating.Rater} needs a verdict or best", nameof(rating)));
    }

    /// <summary>The rating as one probability: its number, otherwise the 0.15, 0.5 or 0.85 that its verdict stands for.</summary>
    /// <exception cref="ArgumentException">The rating has neither verdict nor number.</exception>
    internal static double Point(Rating rating) => rating.Best ?? OrdinalVerdict(rating) switch
    {
        Domain.Verdict.Resistant => 0.15,
        Domain.Verdict.Uncertain => 0.5,
        _ => 0.85,
    };

    /// <summary>p kept within 0.01..0.99, where logits are finite.</summary>
    internal static double Clamp(double p) => Math.Min(1 - Epsilon, Math.Max(Epsilon, p));

    internal static double Logit(double p) => Math.Log(p / (1 - p));

    internal static double Expit(double x) => 1 / (1 + Math.Exp(-x));

    private static Observation OfVerdict(Verdict verdict, Rohl1Policy policy) => verdict switch
    {
        Domain.Verdict.Resistant => new(policy.ResistantLogit, SPoint, false),
        Domain.Verdict.Uncertain => new(policy.UncertainLogit, SUncertain, false),
        _ => new(policy.VulnerableLogit, SPoint, false),
    };

    private static double Spread(double best, Rating rating, double least)
    {
        if (rating.Lower is not { } statedLow || rating.Upper is not { } statedHigh)
            return SPoint;
        var low = Math.Min(statedLow, best);
        var high = Math.Max(statedHigh, best);
        var c = Math.Min(0.99, Math.Max(0.5, rating.Confidence ?? Interval));
        var low80 = best - (best - low) * Interval / c;
        var high80 = best + (high - best) * Interval / c;
        return Math.Min(SMax, Math.Max(least, (Logit(Clamp(high80)) - Logit(Clamp(low80))) / (2 * Z90)));
    }
}
