namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// Means in logits. <c>geometric-mean-of-odds</c>: expit((1/n) sum logit B_i) with B clamped to 0.01..0.99, as in ROHL-1
/// (Satopaa et al. 2014). <c>log-odds-mean</c>: the same with 0 and 1 moved inside by 2^-52 only, LOArMean of aggreCAT 1.0.
/// <c>neyman-extremised-odds</c>: expit(d(n) (1/n) sum logit B_i), B clamped, with
/// d(n) = n (sqrt(3 n^2 - 3 n + 1) - 2) / (n^2 - n - 1), which is 1 for one rater and tends to sqrt 3: the factor that is
/// worst-case optimal for raters who each hold a share of the evidence (Neyman and Roughgarden 2021).
/// </summary>
internal static class LogOddsMeans
{
    public static readonly Lens GeometricMeanOfOdds = new(
        "geometric-mean-of-odds", "mean in logits, clamped to 0.01..0.99", Lens.AnyJudgement, Lens.Clamped, Lens.UnchangedInside,
        Lens.NotUsed, view => LensValue.Of(Observation.Expit(Mean(view.Points, Observation.Clamp))));

    public static readonly Lens LogOdds = new(
        "log-odds-mean", "mean in logits, hardly clamped", Lens.AnyJudgement,
        "moved inside by 2^-52: one certain rater outweighs dozens", Lens.Unchanged, Lens.NotUsed,
        view => LensValue.Of(Observation.Expit(Mean(view.Points, Lens.MovedInside))));

    public static readonly Lens Neyman = new(
        "neyman-extremised-odds", "mean in logits, extremised by the number of raters", Lens.Resolvable, Lens.Clamped,
        Lens.UnchangedInside, Lens.NotUsed,
        view => LensValue.Of(Observation.Expit(Factor(view.Raters) * Mean(view.Points, Observation.Clamp))));

    internal static double Factor(int raters)
    {
        double n = raters;
        return n * (Math.Sqrt(3 * n * n - 3 * n + 1) - 2) / (n * n - n - 1);
    }

    private static double Mean(ReadOnlySpan<double> points, Func<double, double> inside)
    {
        var sum = 0.0;
        foreach (var point in points)
            sum += Observation.Logit(inside(point));
        return sum / points.Length;
    }
}
