namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>arithmetic-mean</c>: (1/n) sum B_i over all raters, whoever they work for. ArMean of aggreCAT 1.0 (Gould et al. 2023);
/// the linear opinion pool with equal weights (Stone 1961).
/// </summary>
internal static class ArithmeticMean
{
    public static readonly Lens Lens = new(
        "arithmetic-mean", "mean of all raters, organisations ignored", Lens.AnyJudgement, Lens.CountAsTheyAre, Lens.Unchanged,
        Lens.NotUsed, view => LensValue.Of(Of(view.Points)));

    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
