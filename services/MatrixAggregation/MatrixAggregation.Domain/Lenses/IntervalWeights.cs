namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// Means weighted by the narrowness of intervals, IntWAgg and IndIntWAgg of aggreCAT 1.0. <c>int-w-agg</c>: w_i = 1 / (U_i - L_i).
/// <c>ind-int-w-agg</c>: w_i = (widest interval of that rater over all cells) / (U_i - L_i), so that habitually wide raters are not
/// punished. A width of nothing is taken as 2^-52: such a rater decides alone, which is why the headline has a floor instead.
/// </summary>
internal static class IntervalWeights
{
    public static readonly Lens ByWidth = new(
        "int-w-agg", "mean weighted by 1 / width of the interval", Lens.AnyJudgement, Lens.CountAsTheyAre, Lens.Unchanged,
        Lens.LeftOut, view => Mean(view, interval => 1 / interval.Width));

    public static readonly Lens ByOwnWidths = new(
        "ind-int-w-agg", "mean weighted by the rater's widest interval / width", Lens.AnyJudgement, Lens.CountAsTheyAre,
        Lens.Unchanged, Lens.LeftOut, view => Mean(view, interval => interval.Habit.WidestInterval / interval.Width));

    private static LensValue Mean(CellView view, Func<Interval, double> weigh)
    {
        if (view.Intervals.IsEmpty)
            return LensValue.Because(LensValue.NoBounds);
        double weights = 0, weighted = 0;
        foreach (var interval in view.Intervals)
        {
            var weight = weigh(interval);
            weights += weight;
            weighted += weight * interval.Best;
        }

        return LensValue.Of(weighted / weights);
    }
}
