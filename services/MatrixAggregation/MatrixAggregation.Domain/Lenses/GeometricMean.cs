namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>geometric-mean</c>: (prod B_i)^(1/n) = exp((1/n) sum ln B_i). GeoMean of aggreCAT 1.0. Not symmetric: the value of the
/// opposite question is not the opposite value, and one rater at 0 decides alone.
/// </summary>
internal static class GeometricMean
{
    public static readonly Lens Lens = new(
        "geometric-mean", "geometric mean of all raters", Lens.AnyJudgement, "one 0 makes it 0; 1 counts as it is", Lens.Unchanged,
        Lens.NotUsed, view =>
        {
            var logs = 0.0;
            foreach (var point in view.Points)
                logs += Math.Log(point);
            return LensValue.Of(Math.Exp(logs / view.Raters));
        });
}
