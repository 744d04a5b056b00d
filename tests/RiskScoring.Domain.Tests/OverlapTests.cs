using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class OverlapTests
{
    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Every_pair_of_the_papers_techniques_has_the_published_numbers(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        var (pairs, joint) = (Overlap.Of(model), model.JointOfAll());
        Assert.Equal(21, pairs.Count);
        foreach (var pair in pairs)
        {
            var expected = vectors.GetProperty("pairs").GetProperty($"{pair.A}|{pair.B}");
            void Is(string name, double? actual) =>
                Close.To(expected.GetProperty(name).GetDouble(), actual, 1e-12, $"{name} of {pair.A}, {pair.B}");
            Is("joint", pair.Joint);
            Is("phi", pair.Phi);
            Is("lift_phi_max", pair.PhiShare);
            Is("p_i_given_k", pair.AGivenB);
            Is("p_k_given_i", pair.BGivenA);
            Is("jaccard_events", pair.Jaccard);
            Is("ruzicka_rows", pair.RowOverlap);
            var product = joint[1 << model.IndexesOf([pair.A])[0]] * joint[1 << model.IndexesOf([pair.B])[0]];
            Is("penalty", pair.Joint / product);
            Assert.Equal(expected.GetProperty("cov").GetDouble(), pair.Joint - product, 1e-14);
        }
    }

    [Fact]
    public void Joint_and_correlation_are_those_of_the_exact_sum_over_all_cases() =>
        Models.Any.Where(model => model.Techniques.Count > 1).Sample(
            model =>
            {
                foreach (var pair in Overlap.Of(model))
                {
                    var (a, b) = (model.IndexesOf([pair.A])[0], model.IndexesOf([pair.B])[0]);
                    var (pa, pb) = (Exact(model, 1 << a), Exact(model, 1 << b));
                    var both = Exact(model, 1 << a | 1 << b);
                    Close.To(both.ToDouble(), pair.Joint);
                    var variance = (pa * (Dyadic.One - pa)).ToDouble() * (pb * (Dyadic.One - pb)).ToDouble();
                    Assert.Equal(variance == 0, pair.Phi is null);
                    if (variance > 0) Close.To((both - pa * pb).ToDouble() / Math.Sqrt(variance), pair.Phi, 1e-12);
                }
            },
            iter: 50);

    [Fact]
    public void A_correlation_of_1e_minus_10_keeps_its_digits()
    {
        // Cov = pi (1 - pi) v v with one mode: with tiny pi the product p p is its own size, and the difference of the two is not.
        var pair = Overlap.Of(Models.Of([1e-10, 0.5, 0.5], [[1, 1, 0], [1, 0, 1]]))[0];
        var (fails, holds) = (1 - 0.5 * (1 - 1e-10), 0.5 * (1 - 1e-10));
        Close.To(1e-10 * (1 - 1e-10) * 0.25 / (fails * holds), pair.Phi, 1e-12);
    }

    [Fact]
    public void The_rarest_failures_correlate_like_any_others()
    {
        var twins = Overlap.Of(Models.Of([1e-200], [[1], [1]]))[0];
        Assert.Equal(1, twins.Phi!.Value, 1e-15);
        Assert.Equal(1, twins.PhiShare!.Value, 1e-15);
    }

    [Fact]
    public void Measures_are_shares_and_the_order_of_the_two_only_swaps_the_conditions() =>
        Models.Any.Where(model => model.Techniques.Count > 1).Sample(model =>
        {
            var (one, other) = (Overlap.Of(model, 0, 1), Overlap.Of(model, 1, 0));
            Assert.Equal((one.Phi, one.Jaccard, one.RowOverlap), (other.Phi, other.Jaccard, other.RowOverlap));
            Assert.Equal((one.AGivenB, one.BGivenA), (other.BGivenA, other.AGivenB));
            foreach (var share in new[] { one.Phi, one.PhiShare, one.AGivenB, one.BGivenA, one.Jaccard, one.RowOverlap })
                Assert.InRange(share ?? 0, 0, 1 + 1e-15);
            Assert.True(one.PhiShare is null || one.PhiShare >= one.Phi * (1 - Close.Rounding));
        });

    [Fact]
    public void Twins_of_zeros_and_ones_correlate_fully_and_strangers_not_at_all()
    {
        var twins = Overlap.Of(Models.Of([0.3, 0.2], [[1, 0], [1, 0]]))[0];
        Assert.Equal(1, twins.Phi!.Value, 1e-15);
        Assert.Equal(1, twins.RowOverlap);
        Assert.Equal(0, Overlap.Of(Models.Of([0.3, 0.2], [[1, 0], [0, 1]]))[0].Phi);
    }

    [Fact]
    public void A_technique_that_never_or_always_fails_has_no_correlation()
    {
        Assert.Equal(new("T0", "T1", 0, null, null, 0, null, 0, 0), Overlap.Of(Models.Of([0.3], [[0], [1]]))[0]);
        var certain = Overlap.Of(Models.Of([1, 0.5], [[1, 0], [1, 1]]))[0];
        Assert.Equal((1, null, null, 1, 1), (certain.Joint, certain.Phi, certain.PhiShare, certain.AGivenB, certain.Jaccard));
    }

    private static Dyadic Exact(RiskModel model, int portfolio) => Oracles.ExactByInclusionAndExclusion(model, portfolio);
}
