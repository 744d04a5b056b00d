namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>distrib-ar-mean</c>: the median of the average of the raters' distributions, each piecewise linear through (0, 0), (L, 0.05),
/// (B, 0.5), (U, 0.95), (1, 1). DistribArMean of aggreCAT 1.0, solved exactly: the average is linear between the stated numbers.
/// Where numbers coincide a distribution jumps, and the median is the least x with F(x) of at least one half.
/// </summary>
internal static class MeanDistribution
{
    private const double Half = 0.5;
    private const double Tail = 0.05;

    public static readonly Lens Lens = new(
        "distrib-ar-mean", "median of the averaged piecewise linear distributions", Lens.AnyJudgement, Lens.CountAsTheyAre,
        Lens.Unchanged, Lens.LeftOut, Pool);

    private static LensValue Pool(CellView view)
    {
        var intervals = view.Intervals;
        if (intervals.IsEmpty)
            return LensValue.Because(LensValue.NoBounds);
        var knots = new double[3 * intervals.Length + 2];
        knots[^1] = 1;
        for (var i = 0; i < intervals.Length; i++)
            (knots[3 * i], knots[3 * i + 1], knots[3 * i + 2]) = (intervals[i].Lower, intervals[i].Best, intervals[i].Upper);
        Array.Sort(knots);
        var at = FirstReachingHalf(knots, intervals);
        if (at == 0)
            return LensValue.Of(knots[0]);
        var (from, to) = (knots[at - 1], knots[at]);
        var (below, justBelow) = (Average(intervals, from, fromTheLeft: false), Average(intervals, to, fromTheLeft: true));
        return LensValue.Of(justBelow <= Half ? to : from + (to - from) * ((Half - below) / (justBelow - below)));
    }

    private static int FirstReachingHalf(double[] knots, ReadOnlySpan<Interval> intervals)
    {
        var (low, high) = (0, knots.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Average(intervals, knots[middle], fromTheLeft: false) >= Half)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static double Average(ReadOnlySpan<Interval> intervals, double x, bool fromTheLeft)
    {
        var sum = 0.0;
        foreach (var interval in intervals)
            sum += fromTheLeft ? Below(interval, x) : UpTo(interval, x);
        return sum / intervals.Length;
    }

    // F(x): at a jump its upper end.
    private static double UpTo(Interval one, double x) =>
        x >= 1 ? 1
        : x >= one.Upper ? 1 - Tail + Tail * ((x - one.Upper) / (1 - one.Upper))
        : x >= one.Best ? Half + (Half - Tail) * ((x - one.Best) / (one.Upper - one.Best))
        : x >= one.Lower ? Tail + (Half - Tail) * ((x - one.Lower) / (one.Best - one.Lower))
        : Tail * (x / one.Lower);

    // The limit of F from the left at x above 0: at a jump its lower end.
    private static double Below(Interval one, double x) =>
        x > one.Upper ? 1 - Tail + Tail * ((x - one.Upper) / (1 - one.Upper))
        : x > one.Best ? Half + (Half - Tail) * ((x - one.Best) / (one.Upper - one.Best))
        : x > one.Lower ? Tail + (Half - Tail) * ((x - one.Lower) / (one.Best - one.Lower))
        : Tail * (x / one.Lower);
}
