using AlignmentMesh.MatrixAggregation.Domain.Evaluating;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Evaluating;

public sealed class EvaluatingTests
{
    private static readonly Rating[] Likely = [new("A", "a", null, 0.8, 0.7, 0.9), new("B", "b", null, 0.6, 0.5, 0.7)];
    private static readonly Rating[] Unlikely = [new("A", "a", null, 0.3, 0.2, 0.4), new("B", "b", null, 0.5, 0.4, 0.6)];

    [Fact]
    public void Scores_of_the_plain_mean_are_those_done_by_hand()
    {
        var score = LensScore.Of([(Likely, true), (Unlikely, false)], hostileRaters: 2).Single(one => one.Lens == "arithmetic-mean");
        Assert.Equal((0.09 + 0.16) / 2, score.Brier, 1e-12);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.6)) / 2, score.Log, 1e-12);
        Assert.Equal((1, 1), (score.Accuracy, score.Discrimination));

        // Two who say 0 where it happened and two who say 1 where it did not: means 0.35 and 0.7.
        Assert.Equal((0.65 * 0.65 + 0.7 * 0.7) / 2, score.BrierAttacked, 1e-12);
    }

    [Fact]
    public void One_half_is_half_right_and_equal_values_tell_nothing_apart()
    {
        Rating[] half = [new("A", "a", null, 0.5)];
        var score = LensScore.Of([(half, true), (half, false)]).Single(one => one.Lens == "median");
        Assert.Equal((0.25, 0.5, 0.5), (score.Brier, score.Accuracy, score.Discrimination));
    }

    [Fact]
    public void Shifts_of_the_plain_mean_are_those_done_by_hand()
    {
        var row = LensRobustness.Of([Likely], raters: 2).Single(one => one.Lens == "arithmetic-mean");

        // From 0.7 to 0.35 or 0.85; replacing A to 0.2 or 2.6/3, replacing B to 0.8/3 or 2.8/3.
        Assert.Equal(0.35, row.JoiningWorst, 1e-12);
        Assert.Equal((0.35 + 0.15) / 2, row.JoiningMean, 1e-12);
        Assert.Equal(0.5, row.ReplacingWorst, 1e-12);
        Assert.Equal((0.5 + (2.6 / 3 - 0.7) + (0.7 - 0.8 / 3) + (2.8 / 3 - 0.7)) / 4, row.ReplacingMean, 1e-12);
    }

    [Fact]
    public void Lenses_without_a_value_somewhere_are_in_no_table()
    {
        Rating[] bare = [new("A", "a", Verdict.Vulnerable)];
        Assert.DoesNotContain(LensRobustness.Of([Likely, bare]), row => row.Lens == "int-w-agg");
        Assert.DoesNotContain(LensScore.Of([(Likely, true), (bare, false)]), row => row.Lens == "int-w-agg");
        Assert.Contains(LensRobustness.Of([Likely]), row => row.Lens == "int-w-agg");
    }

    [SkippableFact]
    public void A_hundred_hostile_raters_of_a_sixth_organisation_move_no_known_claim_by_more_than_a_tenth()
    {
        var claims = ThirdParty.Sips(round: 2);
        var rows = LensRobustness.Of([.. claims.Select(claim => claim.Ratings)]).ToDictionary(row => row.Lens);
        Assert.InRange(rows["rohl-1"].JoiningWorst, 0, 0.10);
        Assert.True(rows["arithmetic-mean"].JoiningWorst > 0.5, $"{rows["arithmetic-mean"]}");
    }
}
