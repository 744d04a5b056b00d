namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>trimmed-mean-10</c>: the mean without the round(0.1 n) lowest and as many highest raters, halves rounded to even, so that
/// fewer than six raters lose nobody. The trim of aggutils (Forecasting Research Institute); Jose and Winkler 2008.
/// </summary>
internal static class TrimmedMean
{
    private const double Share = 0.1;

    public static readonly Lens Lens = new(
        "trimmed-mean-10", "mean without a tenth of the raters at each end", Lens.AnyJudgement, "count as they are, or are cut off",
        Lens.Unchanged, Lens.NotUsed, view =>
        {
            var cut = (int)Math.Round(Share * view.Raters, MidpointRounding.ToEven);
            return LensValue.Of(ArithmeticMean.Of(view.Sorted[cut..^cut]));
        });
}
