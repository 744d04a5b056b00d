using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class RoundChangeTests
{
    private static readonly Rating[] Before = [new("A", "a", null, 0.1), new("B", "b", null, 0.4), new("C", "c", null, 0.8)];

    [Fact]
    public void Who_goes_all_the_way_to_the_median_of_the_others_herds_with_slope_one()
    {
        // The medians of the others are 0.6, 0.45 and 0.25.
        var change = RoundChange.Of(Before, [new("A", "a", null, 0.6), new("B", "b", null, 0.45), new("C", "c", null, 0.25)]);
        Assert.Equal(1, change.Herding!.Value, 1e-12);
        Assert.Equal(0, change.Shift!.Value, 1e-12);
        Assert.Empty(change.Undefined);
    }

    [Fact]
    public void Who_stays_put_does_not_herd()
    {
        var change = RoundChange.Of(Before, Before);
        Assert.Equal((0, 1, 0), (change.Shift!.Value, change.TotalRatio!.Value, change.Herding!.Value));
    }

    [Fact]
    public void The_slope_is_that_of_least_squares() =>
        Gen.Double[0.05, 0.95].Array[2].Array[3, 8].Sample(pairs =>
        {
            Rating[] Round(int i) => [.. pairs.Select((pair, r) => new Rating("A", $"r{r}", null, pair[i]))];
            var first = pairs.Select(pair => pair[0]).ToArray();
            var pulls = first.Select((b, i) => MathNet.Numerics.Statistics.Statistics.Median(first.Where((_, j) => j != i)) - b).ToArray();
            // Three of the same first judgement pull nobody anywhere.
            if (pulls.Max() - pulls.Min() < 1e-9) return;
            var moves = pairs.Select(pair => pair[1] - pair[0]).ToArray();
            var (_, slope) = MathNet.Numerics.LinearRegression.SimpleRegression.Fit(pulls, moves);
            var change = RoundChange.Of(Round(0), Round(1));
            Assert.Equal(slope, change.Herding!.Value, 1e-6 * Math.Max(1, Math.Abs(slope)));
            Assert.Equal(moves.Average(), change.Shift!.Value, 1e-12);
        });

    [Fact]
    public void What_cannot_be_said_is_null_with_its_reason()
    {
        var nobody = RoundChange.Of([], Before);
        Assert.Equal((null, null, null), (nobody.Shift, nobody.TotalRatio, nobody.Herding));
        Assert.Equal(
            ["Herding too_few_raters", "Shift no_data", "TotalRatio no_data"],
            nobody.Undefined.Select(pair => $"{pair.Key} {pair.Value}").Order());

        Rating[] agreed = [new("A", "a", null, 0.5), new("B", "b", null, 0.5)];
        var apart = RoundChange.Of(agreed, Before);
        Assert.Equal(
            ["Herding no_variation", "TotalRatio no_disagreement_before"],
            apart.Undefined.Select(pair => $"{pair.Key} {pair.Value}").Order());
        Assert.NotNull(apart.Shift);
    }
}
