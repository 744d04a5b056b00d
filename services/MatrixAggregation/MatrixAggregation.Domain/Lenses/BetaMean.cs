namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>
/// <c>beta-ar-mean</c>: I_m(6, 6), the regularised incomplete beta function at the mean m of all raters; for whole parameters it
/// is the binomial tail sum_{j=6..11} C(11, j) m^j (1 - m)^(11 - j). BetaArMean of aggreCAT 1.0 (Satopaa and Ungar 2015): pushes
/// the mean away from one half.
/// </summary>
internal static class BetaMean
{
    private const int Trials = 11;

    // C(11, j) for j = 6..11.
    private static readonly double[] Binomials = [462, 330, 165, 55, 11, 1];

    public static readonly Lens Lens = new(
        "beta-ar-mean", "the mean extremised by a beta(6, 6) distribution", Lens.Resolvable, Lens.CountAsTheyAre, "extremised",
        Lens.NotUsed, view => LensValue.Of(Extremise(ArithmeticMean.Of(view.Points))));

    internal static double Extremise(double mean)
    {
        var tail = 0.0;
        for (var i = 0; i < Binomials.Length; i++)
        {
            var successes = Trials - Binomials.Length + 1 + i;
            tail += Binomials[i] * Math.Pow(mean, successes) * Math.Pow(1 - mean, Trials - successes);
        }

        return tail;
    }
}
