using System.Buffers;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// The rule for likelihoods of failure modes and for safety taxes: the median of the organisations' medians, with the range of
/// the organisations' medians beside it. An even count takes the midpoint of the middle two: in logits for likelihoods,
/// plainly for taxes.
/// </summary>
/// <param name="Value">Null when nothing was rated.</param>
public readonly record struct MedianOfOrganisations(double? Value, double? Lowest, double? Highest, int Organisations, int Raters)
{
    /// <summary>The stated assumption for a failure mode whose likelihood nobody rated.</summary>
    public const double AssumedLikelihood = 0.1;

    /// <param name="ratings">One per rater, ascending by organisation and rater; those without a number do not count.</param>
    public static MedianOfOrganisations OfLikelihoods(ReadOnlySpan<Rating> ratings) => Of(ratings, LogitMidpoint);

    /// <inheritdoc cref="OfLikelihoods"/>
    public static MedianOfOrganisations OfTaxes(ReadOnlySpan<Rating> ratings) => Of(ratings, (low, high) => low + (high - low) / 2);

    /// <summary>
    /// expit of the mean logit. Both ends are clamped to 0.01..0.99 first, as everywhere in ROHL-1, since the logit of 0 or 1
    /// is infinite; the result is kept between the two, so that clamping never moves it past either. Equal ends: that value.
    /// </summary>
    internal static double LogitMidpoint(double low, double high)
    {
        if (low == high)
            return low;
        var mean = (Observation.Logit(Observation.Clamp(low)) + Observation.Logit(Observation.Clamp(high))) / 2;
        return Math.Min(high, Math.Max(low, Observation.Expit(mean)));
    }

    private static MedianOfOrganisations Of(ReadOnlySpan<Rating> ratings, Func<double, double, double> midpoint)
    {
        Rating.RequireOrder(ratings);
        var rented = ArrayPool<double>.Shared.Rent(2 * ratings.Length + 1);
        var own = rented.AsSpan(0, ratings.Length);
        var medians = rented.AsSpan(ratings.Length, ratings.Length);
        var (organisations, raters, pending) = (0, 0, 0);
        for (var i = 0; i < ratings.Length; i++)
        {
            if (ratings[i].Best is { } best)
                own[pending++] = best;
            var last = i + 1 == ratings.Length || ratings[i + 1].Organisation != ratings[i].Organisation;
            if (!last || pending == 0)
                continue;
            medians[organisations++] = Median(own[..pending], midpoint);
            raters += pending;
            pending = 0;
        }

        medians = medians[..organisations];
        MedianOfOrganisations result = organisations == 0
            ? new(null, null, null, 0, 0)
            : new(Median(medians, midpoint), medians[0], medians[^1], organisations, raters);
        ArrayPool<double>.Shared.Return(rented);
        return result;
    }

    // Sorts its argument.
    private static double Median(Span<double> values, Func<double, double, double> midpoint)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : midpoint(values[middle - 1], values[middle]);
    }
}
