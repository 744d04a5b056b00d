using MathNet.Numerics.Distributions;

namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>probit-mean</c>: Phi((1/n) sum Phi^-1(B_i)), 0 and 1 moved inside by 2^-52. ProbitArMean of aggreCAT 1.0 (Satopaa et al.
/// 2014 for the probit pool).
/// </summary>
internal static class ProbitMean
{
    public static readonly Lens Lens = new(
        "probit-mean", "mean in normal quantiles", Lens.AnyJudgement, "moved inside by 2^-52", Lens.Unchanged, Lens.NotUsed, view =>
        {
            var sum = 0.0;
            foreach (var point in view.Points)
                sum += Normal.InvCDF(0, 1, Lens.MovedInside(point));
            return LensValue.Of(Normal.CDF(0, 1, sum / view.Raters));
        });
}
