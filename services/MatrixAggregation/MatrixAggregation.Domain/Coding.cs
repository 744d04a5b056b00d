namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What one coder said of one unit, for the coefficients of agreement.</summary>
/// <param name="Coder">A rater, or an organisation with no rater's name.</param>
/// <param name="Verdict">The stated verdict, otherwise the one read off the number: for nominal and ordinal statistics.</param>
/// <param name="Number">The stated number as it is, otherwise 0.15, 0.5, 0.85 for the verdict: for interval and ratio.</param>
internal readonly record struct Coding(RaterKey Coder, Verdict Verdict, double Number)
{
    public static Coding Of(Rating rating) => new(
        new(rating.Organisation, rating.Rater), Observation.OrdinalVerdict(rating), Observation.Point(rating));

    /// <summary>
    /// Organisations as coders, each with the median of its raters' verdicts and the median of their numbers. An even count whose
    /// middle verdicts differ is uncertain, from whichever side; of numbers the midpoint is taken.
    /// </summary>
    public static Coding[] MediansOfOrganisations(IEnumerable<Coding> unit) =>
    [
        .. unit.GroupBy(coding => coding.Coder.Organisation).Select(group => new Coding(
            new(group.Key, ""), MedianVerdict([.. group.Select(coding => coding.Verdict).Order()]),
            MedianNumber([.. group.Select(coding => coding.Number).Order()]))),
    ];

    private static Verdict MedianVerdict(Verdict[] ascending)
    {
        var (low, high) = (ascending[(ascending.Length - 1) / 2], ascending[ascending.Length / 2]);
        return low == high ? low : Verdict.Uncertain;
    }

    private static double MedianNumber(double[] ascending)
    {
        var (low, high) = (ascending[(ascending.Length - 1) / 2], ascending[ascending.Length / 2]);
        return low + (high - low) / 2;
    }
}
