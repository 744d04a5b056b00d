namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>bay-tri-var</c>: Bayesian triple variability, BayTriVar of aggreCAT 1.0, there by sampling. mu ~ N(0, 1/3) and
/// logit(0.99 B_i) ~ N(mu, sigma_i^2), sigma_i = (U_i - L_i + 0.01) sqrt(sd_cell^2 + sd_i^2), sd_cell over the cell's raters and
/// sd_i over the rater's cells; conjugate, so the value is expit(sum lambda y / (3 + sum lambda)), lambda = sigma^-2. B of 0 is
/// moved inside by 2^-52; the factor 0.99 takes care of 1 and makes the lens asymmetric.
/// </summary>
internal static class TripleVariability
{
    private const double PriorPrecision = 3;
    private const double Shrinkage = 0.99;
    private const double Margin = 0.01;

    public static readonly Lens Lens = new(
        "bay-tri-var", "normal model in logits, precision from bounds, cell and rater", Lens.AnyJudgement,
        "0 moved inside by 2^-52, 1 read as 0.99", Lens.Shrunk, Lens.LeftOut, Pool);

    private static LensValue Pool(CellView view)
    {
        if (view.Intervals.IsEmpty)
            return LensValue.Because(LensValue.NoBounds);
        var spread = RaterHabits.Spread(view.Points);
        double precisions = 0, weighted = 0;
        foreach (var interval in view.Intervals)
        {
            var margin = interval.Upper - interval.Lower + Margin;
            var precision = 1 / (margin * margin * (spread * spread + interval.Habit.Spread * interval.Habit.Spread));
            precisions += precision;
            weighted += precision * Observation.Logit(Shrinkage * Math.Max(Lens.Smallest, interval.Best));
        }

        return LensValue.Of(Observation.Expit(weighted / (PriorPrecision + precisions)));
    }
}
