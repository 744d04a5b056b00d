namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One rater's live judgement of one quantity: a verdict, a number, or both (then the number is used).</summary>
/// <param name="Best">P(technique fails | failure mode obtains) or P(failure mode), 0..1; a relative cost of 0 or more for a tax.</param>
/// <param name="Lower">Lower bound of the rater's interval; counts only together with <paramref name="Upper"/>.</param>
/// <param name="Confidence">Confidence of the interval, clipped to 0.5..0.99; null means 0.8.</param>
public sealed record Rating(
    string Organisation, string Rater, Verdict? Verdict = null, double? Best = null, double? Lower = null, double? Upper = null,
    double? Confidence = null)
{
    /// <summary>The order in which every sum is taken: organisation, then rater, both ordinal.</summary>
    public static int Compare(Rating left, Rating right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var byOrganisation = string.CompareOrdinal(left.Organisation, right.Organisation);
        return byOrganisation != 0 ? byOrganisation : string.CompareOrdinal(left.Rater, right.Rater);
    }

    /// <summary>The ratings in the order that pooling asks for.</summary>
    public static Rating[] InOrder(IEnumerable<Rating> ratings)
    {
        var ordered = ratings.ToArray();
        Array.Sort(ordered, Compare);
        return ordered;
    }

    /// <exception cref="ArgumentException">Two ratings of one rater, or ratings out of order: sums would depend on the caller.</exception>
    internal static void RequireOrder(ReadOnlySpan<Rating> ratings)
    {
        for (var i = 1; i < ratings.Length; i++)
        {
            if (Compare(ratings[i - 1], ratings[i]) >= 0)
                throw new ArgumentException(
                    $"ratings must ascend by organisation and rater, one each; '{ratings[i].Organisation}/{ratings[i].Rater}' does not",
                    nameof(ratings));
        }
    }
}
