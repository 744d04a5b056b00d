namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>median</c> of all raters, <c>median-of-organisations</c> (of the organisations' medians) and
/// <c>median-of-organisation-means</c>. An even count takes the plain midpoint of the middle two. Median of aggreCAT 1.0; the
/// median of means is the classical robust mean (Nemirovsky and Yudin 1983), organisations being its blocks.
/// </summary>
internal static class Medians
{
    public static readonly Lens OfRaters = new(
        "median", "middle rater, organisations ignored", Lens.AnyJudgement, Lens.CountAsTheyAre, Lens.Unchanged, Lens.NotUsed,
        view => LensValue.Of(OfSorted(view.Sorted)));

    public static readonly Lens OfOrganisations = new(
        "median-of-organisations", "median of the organisations' medians", Lens.AnyJudgement, Lens.CountAsTheyAre, Lens.Unchanged,
        Lens.NotUsed, view =>
        {
            var medians = new double[view.Organisations];
            for (var o = 0; o < medians.Length; o++)
                medians[o] = Of(view.PointsOf(o).ToArray());
            return LensValue.Of(Of(medians));
        });

    public static readonly Lens OfOrganisationMeans = new(
        "median-of-organisation-means", "median of the organisations' means", Lens.AnyJudgement, Lens.CountAsTheyAre, Lens.Unchanged,
        Lens.NotUsed, view => LensValue.Of(Of(OrganisationBalancedMean.MeansOf(view))));

    /// <summary>The median of at least one value; sorts its argument.</summary>
    internal static double Of(double[] values)
    {
        Array.Sort(values);
        return OfSorted(values);
    }

    private static double OfSorted(ReadOnlySpan<double> sorted)
    {
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
