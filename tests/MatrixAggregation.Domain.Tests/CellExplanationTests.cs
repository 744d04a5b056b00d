using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class CellExplanationTests
{
    [Fact]
    public void Colleagues_share_their_organisations_weight_and_an_outlier_gets_least()
    {
        var shares = OrganisationSummary.Shares(
            [new("o", "a", null, 0.2), new("o", "b", null, 0.2), new("o", "c", null, 0.95)], Rohl1Policy.Default);
        Assert.Equal(1, shares.Sum(), 15);
        Assert.Equal(shares[0], shares[1]);
        Assert.True(shares[2] < shares[0]);
        // n_eff of the summary is what its weights say.
        var summary = OrganisationSummary.Of([new("o", "a", null, 0.2), new("o", "b", null, 0.2), new("o", "c", null, 0.95)]);
        Assert.Equal(summary.EffectiveRaters, 1 / shares.Sum(share => share * share), 12);
    }

    [Fact]
    public void Every_rating_of_a_cell_is_explained_and_only_counted_ones_have_a_share() => LedgerScript.Released.Sample(script =>
    {
        var state = script.Late();
        var cell = LedgerScript.Quantities[0];
        var explained = CellExplanation.Of(state, state.Matrix(), cell.Technique!, cell.FailureMode!)!;
        Assert.Equal(explained.Lineage.Ratings, explained.Ratings.Select(one => one.Rating));
        Assert.All(explained.Ratings, one => Assert.Equal(one.Rating.Counted, one.Share is > 0 and <= 1));
        Assert.Null(CellExplanation.Of(state, state.Matrix(), "T1", "unknown"));
    });
}
