using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// P(all fail) of a portfolio of any size: exact in the cheapest way where that takes at most some seconds, else sampled, with a
/// standard error and a bracket that needs no luck: R over the sets of at most K modes is too low by at most P(more than K obtain),
/// and R lies between prod p_i and min p_i.
/// </summary>
public static class LargeJoint
{
    /// <summary>Seed where none is asked for.</summary>
    public const long StandardSeed = 20251013;

    /// <summary>Techniques times failure modes, at most.</summary>
    public const int MostCells = 1 << 18;

    public const string Exact = "exact";
    public const string Sampled = "importance-sampling";

    /// <summary>Draws, fewer where a draw is long.</summary>
    public const int MostDraws = 1 << 16;

    /// <summary>Multiplications for all draws of a part, at most; and for the bracket.</summary>
    private const double DrawWork = 1L << 31;

    private const double BracketWork = 1L << 24;

    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <param name="residual">Residual dependence b, 0..1, see <see cref="Dependence"/>; 0 for none.</param>
    /// <exception cref="RiskInputException">A residual outside 0..1, or more than <see cref="MostCells"/> cells.</exception>
    public static JointEstimate Of(RiskModel portfolio, long seed = StandardSeed, double residual = 0) =>
        Of(portfolio, seed, residual, WorkLimit.Most);

    /// <summary>P(all fail), never sampled: what differences and ratios can be taken of.</summary>
    /// <param name="times">How many such answers are wanted together.</param>
    /// <exception cref="RiskInputException">No exact way takes at most some seconds.</exception>
    /// <param name="mostWork">Multiplications for all of them.</param>
    internal static double ExactOf(RiskModel portfolio, int times = 1, double mostWork = WorkLimit.Most) =>
        ExactPlan.Of(LayeredPart.Of(portfolio), mostWork / times)?.Joint()
        ?? throw new RiskInputException(
            "techniques", $"{portfolio.Techniques.Count} long with {portfolio.FailureModes.Count} failure modes",
            "a portfolio whose joint failure is exact in some seconds; this one's can only be sampled");

    internal static JointEstimate Of(RiskModel portfolio, long seed, double residual, double mostWork)
    {
        RiskInputException.ThrowUnlessProbability(residual, nameof(residual));
        if ((long)portfolio.Techniques.Count * portfolio.FailureModes.Count > MostCells)
            throw new RiskInputException(
                "techniques", $"{portfolio.Techniques.Count} long with {portfolio.FailureModes.Count} failure modes",
                $"at most {MostCells} cells");
        var reduction = Reduction.Of(LayeredPart.Of(portfolio), comonotone: residual > 0);
        var alone = PortfolioMeasures.Alone(portfolio);
        var (mean, square, low, high) = (1.0, 1.0, 1.0, 1.0);
        var (draws, effective) = ((int?)null, double.PositiveInfinity);
        foreach (var part in reduction.Parts)
        {
            if (ExactOf(part, residual, mostWork) is { } exact)
            {
                (mean, square, low, high) = (mean * exact, square * exact * exact, low * exact, high * exact);
                continue;
            }

            var tally = new ModeDraws(part, residual, seed).Estimate(DrawsOf(part));
            var (least, most) = Bracket(part, residual);
            (mean, square) = (mean * tally.Mean, square * (tally.Mean * tally.Mean + tally.Variance));
            (low, high) = (low * least, high * most);
            (draws, effective) = (tally.Draws, Math.Min(effective, tally.EffectiveDraws));
        }

        double Lifted(double joint) => reduction.Floor + (1 - reduction.Floor) * joint;
        if (draws is null) return new JointEstimate(Math.Min(Lifted(mean), 1), Exact, null, null, null, null, null);
        var (independent, strongest) = PortfolioMeasures.PositiveDependence(alone);
        return Estimate(
            Lifted(mean), (1 - reduction.Floor) * Math.Sqrt(Math.Max(0, square - mean * mean)), effective, draws.Value, seed,
            [Math.Max(Lifted(low), independent), Math.Min(Lifted(high), strongest)]);
    }

    /// <summary>Both up to the second digit of the standard error.</summary>
    internal static (double Value, double Error) Supported(double value, double error)
    {
        if (!(error > 0)) return (value, error);
        var rounded = Digits(error, 1);
        var place = (int)Math.Floor(Math.Log10(rounded)) - 1;
        var first = value > 0 ? (int)Math.Floor(Math.Log10(value)) : place;
        return (first < place ? 0 : Digits(value, Math.Min(first - place, 16)), rounded);

        static double Digits(double number, int afterTheFirst) => double.Parse(
            number.ToString("E" + afterTheFirst.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
    }

    private static JointEstimate Estimate(double mean, double error, double effective, int draws, long seed, double[] bracket)
    {
        // The bracket may be the narrower of the two; without a failing case among the draws it is all that is known.
        var width = bracket[1] - bracket[0];
        var (value, supported) = Supported(
            Math.Clamp(mean, bracket[0], bracket[1]), effective > 0 ? Math.Min(error, width) : width);
        return new JointEstimate(value, Sampled, supported, Math.Round(effective), bracket, draws, seed);
    }

    private static double? ExactOf(LayeredPart part, double residual, double mostWork)
    {
        if (residual == 0) return ExactPlan.OfPart(part, mostWork)?.Joint();
        return part.WorkByModeSets <= mostWork ? part.ByModeSets(residual) : null;
    }

    private static int DrawsOf(LayeredPart part) => (int)Math.Clamp(
        DrawWork / ((part.Techniques + 4.0) * part.FailureModes), 1 << 12, MostDraws);

    private static (double Low, double High) Bracket(LayeredPart part, double residual)
    {
        var (k, sets) = (0, 1.0);
        for (var next = sets; k < part.FailureModes; k++, sets += next)
        {
            next = next * (part.FailureModes - k) / (k + 1);
            if ((sets + next) * part.Techniques > BracketWork) break;
        }

        var low = part.ByModeSets(residual, atMost: k);
        return (low, Math.Min(1, low + MoreThan(k, part.Likelihoods)));
    }

    /// <summary>P(more than k of the modes obtain).</summary>
    private static double MoreThan(int k, ReadOnlySpan<double> likelihoods)
    {
        var (exactly, more) = (new double[k + 1], 0.0);
        exactly[0] = 1;
        foreach (var likelihood in likelihoods)
        {
            more += likelihood * exactly[k];
            for (var count = k; count >= 0; count--)
                exactly[count] = (1 - likelihood) * exactly[count] + (count == 0 ? 0 : likelihood * exactly[count - 1]);
        }

        return more;
    }
}
