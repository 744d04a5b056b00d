using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class MedianOfOrganisationsTests
{
    private static readonly Gen<Rating[]> Numbers = Ratings.Cell.Select(ratings =>
        Array.ConvertAll(ratings, rating => rating with { Verdict = null, Best = rating.Best ?? 0.5, Lower = null, Upper = null }));

    [Fact]
    public void An_odd_count_is_the_middle_organisation_whatever_its_number_of_raters()
    {
        var median = MedianOfOrganisations.OfLikelihoods(
        [
            new("A", "a1", null, 0.1), new("A", "a2", null, 0.2), new("A", "a3", null, 0.9),
            new("B", "b", null, 0.6), new("C", "c", null, 0.3),
        ]);
        Assert.Equal(new MedianOfOrganisations(0.3, 0.2, 0.6, 3, 5), median);
    }

    [Fact]
    public void An_even_count_takes_the_midpoint_in_logits_for_likelihoods_and_plainly_for_taxes()
    {
        Rating[] ratings = [new("A", "a", null, 0.5), new("B", "b", null, 0.9)];
        Assert.Equal(0.75, MedianOfOrganisations.OfLikelihoods(ratings).Value!.Value, 1e-15);
        Assert.Equal(0.7, MedianOfOrganisations.OfTaxes(ratings).Value!.Value, 1e-15);
    }

    [Fact]
    public void Certainties_have_a_midpoint_that_is_a_number_between_them()
    {
        Assert.Equal(0.5, MedianOfOrganisations.OfLikelihoods([new("A", "a", null, 0), new("B", "b", null, 1)]).Value!.Value, 1e-15);
        Assert.Equal(0, MedianOfOrganisations.OfLikelihoods([new("A", "a", null, 0), new("B", "b", null, 0)]).Value);
        Assert.Equal(0.001, MedianOfOrganisations.OfLikelihoods([new("A", "a", null, 0), new("B", "b", null, 0.001)]).Value);
    }

    [Fact]
    public void Taxes_may_exceed_one() =>
        Assert.Equal(3, MedianOfOrganisations.OfTaxes([new("A", "a", null, 2), new("B", "b", null, 4)]).Value);

    [Fact]
    public void Nothing_rated_is_no_number() =>
        Assert.Equal(new MedianOfOrganisations(null, null, null, 0, 0), MedianOfOrganisations.OfTaxes([]));

    [Fact]
    public void The_value_lies_within_the_organisations_range() => Numbers.Sample(ratings =>
    {
        var median = MedianOfOrganisations.OfLikelihoods(ratings);
        Assert.InRange(median.Value!.Value, median.Lowest!.Value, median.Highest!.Value);
        Assert.Equal(ratings.Length, median.Raters);
    });

    [Fact]
    public void The_likelihood_of_the_opposite_is_the_opposite_likelihood() => Numbers.Sample(ratings =>
    {
        var opposite = MedianOfOrganisations.OfLikelihoods(Array.ConvertAll(ratings, rating => rating with { Best = 1 - rating.Best }));
        Assert.Equal(1 - MedianOfOrganisations.OfLikelihoods(ratings).Value!.Value, opposite.Value!.Value, 1e-12);
    });
}
