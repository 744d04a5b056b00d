using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using AlignmentMesh.Tests;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

/// <summary>Numbers of aggreCAT 1.0 on its 25 claims with known outcomes.</summary>
public sealed class KnownOutcomeTests
{
    [SkippableFact]
    public void Every_score_of_a_method_that_is_a_lens_is_met()
    {
        var claims = ThirdParty.Sips(round: 2);
        var habits = RaterHabits.Of(claims.Select(claim => claim.Ratings));
        var views = claims.ToDictionary(claim => claim.Claim, claim => CellView.Of(claim.Ratings, habits));
        var met = 0;
        foreach (var (method, claim, score) in KnownData.SipsScores())
        {
            Assert.Equal(score, views[claim].Under(KnownData.LensOf[method]).Value!.Value, KnownData.ToleranceOf(method));
            met++;
        }

        Assert.Equal(25 * KnownData.LensOf.Count, met);
    }

    [SkippableTheory]
    [InlineData("arithmetic-mean", 0.706)]
    [InlineData("median", 0.75)]
    [InlineData("geometric-mean", 0.672928)]
    [InlineData("log-odds-mean", 0.723505)]
    [InlineData("beta-ar-mean", 0.928375)]
    [InlineData("int-w-agg", 0.671162)]
    [InlineData("probit-mean", 0.719782)]
    [InlineData("distrib-ar-mean", 0.724405)]
    public void Claim_100_has_the_published_digits(string lens, double published)
    {
        var ratings = Rating.InOrder(KnownData.Lines("vectors/aggregation/pooling-claim100.csv").Select(line => new Rating(
            line[1], line[0], null, KnownData.Number(line[3]), KnownData.Number(line[2]), KnownData.Number(line[4]))));
        Assert.Equal(25, ratings.Length);
        Assert.Equal(published, Cells.Only(ratings).Under(lens).Value!.Value, 5.1e-7);
    }

    [SkippableFact]
    public void Discussion_brings_groups_together_inside_and_apart_from_each_other()
    {
        var (before, after) = (MeanOf(ThirdParty.Sips(round: 1)), MeanOf(ThirdParty.Sips(round: 2)));
        Assert.Equal((0.087, 0.064), (Math.Round(before.Within, 3), Math.Round(after.Within, 3)));
        Assert.Equal((0.027, 0.035), (Math.Round(before.Between, 3), Math.Round(after.Between, 3)));
    }

    private static (double Within, double Between) MeanOf(IReadOnlyList<(string Claim, Rating[] Ratings)> claims)
    {
        var all = claims.Select(claim => CellDisagreement.Of(claim.Ratings)!.Value).ToArray();
        return (all.Average(one => one.Within), all.Average(one => one.Between));
    }
}
