using System.Runtime.Intrinsics;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Who is better than whom, draw by draw. Portfolios are ranked among those of as many techniques (adding a technique never raises
/// the risk, so the largest would always come first); the place is 1 plus the number of better ones, so equals share the better place.
/// </summary>
internal static class DrawnRanks
{
    /// <summary>Most comparisons of two risks in one answer: a second or two.</summary>
    internal const long MostComparisons = 2_000_000_000;

    /// <summary>Places that are counted one by one.</summary>
    internal const int MostPlaces = 10;

    /// <summary>P(place 1), P(place 2), ... and the mean place, of one portfolio among all of its size.</summary>
    internal static (double[] Places, double Mean) OfPortfolio(RiskDraws drawn, int portfolio)
    {
        var better = new long[drawn.Draws];
        var size = int.PopCount(portfolio);
        var rivals = 1;
        for (var other = 1; other < drawn.Portfolios; other++)
        {
            if (other == portfolio || int.PopCount(other) != size)
                continue;
            rivals++;
            CountBetter(drawn.Risks(other), drawn.Risks(portfolio), better);
        }

        return Places(better, rivals);
    }

    /// <summary>Share of the draws in which the portfolio has less risk than the other, and in which both have the same.</summary>
    internal static (double Better, double Equal) Compare(RiskDraws drawn, int portfolio, int other)
    {
        var (better, worse) = (new long[drawn.Draws], new long[drawn.Draws]);
        CountBetter(drawn.Risks(portfolio), drawn.Risks(other), better);
        CountBetter(drawn.Risks(other), drawn.Risks(portfolio), worse);
        var (wins, losses) = (better.Sum(), worse.Sum());
        return (wins / (double)drawn.Draws, (drawn.Draws - wins - losses) / (double)drawn.Draws);
    }

    /// <param name="better">For every draw, how many are better.</param>
    internal static (double[] Places, double Mean) Places(ReadOnlySpan<long> better, int rivals)
    {
        var counts = new int[Math.Min(rivals, MostPlaces)];
        var sum = 0L;
        foreach (var ahead in better)
        {
            sum += ahead + 1;
            if (ahead < counts.Length)
                counts[ahead]++;
        }

        var draws = (double)better.Length;
        return ([.. counts.Select(count => count / draws)], sum / draws);
    }

    /// <summary>Adds 1 wherever the left is less than the right by more than rounding.</summary>
    internal static void CountBetter(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<long> better)
    {
        var k = 0;
        var limit = Vector256.Create(1 - RiskDraws.Rounding);
        for (; k <= better.Length - Vector256<double>.Count; k += Vector256<double>.Count)
        {
            var isLess = Vector256.LessThan(Vector256.Create(left[k..]), limit * Vector256.Create(right[k..]));

            // True is -1 in every lane.
            (Vector256.Create<long>(better[k..]) - isLess.AsInt64()).CopyTo(better[k..]);
        }

        for (; k < better.Length; k++)
            if (left[k] < (1 - RiskDraws.Rounding) * right[k])
                better[k]++;
    }
}
