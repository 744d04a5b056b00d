namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>organisation-balanced-mean</c>: (1/K) sum_o (1/n_o) sum_i B_i, so that K organisations weigh alike however many raters they
/// bring. A linear pool of linear pools (Stone 1961).
/// </summary>
internal static class OrganisationBalancedMean
{
    public static readonly Lens Lens = new(
        "organisation-balanced-mean", "mean over organisations of the mean over their raters", Lens.AnyJudgement,
        Lens.CountAsTheyAre, Lens.Unchanged, Lens.NotUsed, view => LensValue.Of(ArithmeticMean.Of(MeansOf(view))));

    /// <summary>Each organisation's mean, in pooling order.</summary>
    public static double[] MeansOf(CellView view)
    {
        var means = new double[view.Organisations];
        for (var o = 0; o < means.Length; o++)
            means[o] = ArithmeticMean.Of(view.PointsOf(o));
        return means;
    }
}
