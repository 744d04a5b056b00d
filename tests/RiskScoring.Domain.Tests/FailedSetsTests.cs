using AlignmentMesh.Tests;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class FailedSetsTests
{
    [Fact]
    public void Every_portfolio_agrees_with_the_sum_over_all_sets_of_failure_modes() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                Assert.Equal(Oracles.ByModeSets(model, portfolio), joint[portfolio], 1e-14);
        });

    [Fact]
    public void Every_portfolio_agrees_with_exact_inclusion_and_exclusion() =>
        Models.Any.Sample(
            model =>
            {
                var joint = model.JointOfAll();
                for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                    Close.To(Oracles.ByInclusionAndExclusion(model, portfolio), joint[portfolio], 1e-14);
            },
            iter: 30);

    [Fact]
    public void A_joint_of_1e_minus_30_is_exact_to_rounding()
    {
        var random = new Random(20);
        double[] Row() => [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() * 1e-2)];
        double[][] means = [.. Enumerable.Range(0, 10).Select(_ => Row())];
        var model = Models.Of([1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3], means);
        var joint = model.JointOfAll()[^1];
        Assert.InRange(joint, 1e-40, 1e-20);
        Close.To(Oracles.ByInclusionAndExclusion(model, (1 << 10) - 1), joint, 1e-14);
    }

    [Fact]
    public void As_failure_modes_become_rare_no_digit_is_lost()
    {
        // Inclusion and exclusion in the same arithmetic is off by up to 1e-9 here.
        var all = PaperVectorTests.Load("paper_b.json").Model;
        foreach (var rare in PaperVectorTests.Read("extras.json").GetProperty("cancellation").EnumerateArray())
        {
            var model = all.With((likelihoods, _) => Array.Fill(likelihoods, rare.GetProperty("pi").GetDouble()));
            Close.To(rare.GetProperty("exact").GetDouble(), FailedSets.Joint(model), 1e-14);
        }
    }

    [Fact]
    public void The_portfolio_alone_is_its_entry_in_the_table_of_all() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                Close.To(joint[portfolio], FailedSets.Joint(model.Portfolio(portfolio)), 1e-14);
        });

    [Fact]
    public void The_wide_loops_give_the_bits_of_the_plain_ones() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 4])
            .SelectMany((n, m) => Gen.Select(Gen.Double[0, 1].Array[m], Gen.Double[0, 1].Array[m].Array[n]))
            .Sample((likelihoods, means) =>
            {
                var model = Models.Of(likelihoods, means);
                var exactly = new double[1 << means.Length];
                FailedSets.Distribution(model, exactly);
                Assert.Equal(Oracles.FailedSetsOneByOne(model), exactly);
            });

    [Fact]
    public void The_superset_sum_is_the_sum_over_supersets() =>
        Gen.Int[0, 6].SelectMany(n => Gen.Double[0, 0.1].Array[1 << n]).Sample(f =>
        {
            var summed = f.ToArray();
            FailedSets.SumOverSupersets(summed);
            var expected = Oracles.SumOverSupersets(f);
            for (var a = 0; a < f.Length; a++)
                Close.To(Math.Min(expected[a], 1), summed[a]);
        });

    [Fact]
    public void The_failed_set_is_some_set_with_probability_one() =>
        Models.Any.Sample(model =>
        {
            var exactly = new double[1 << model.Techniques.Count];
            FailedSets.Distribution(model, exactly);
            Close.To(1, exactly.Sum());
            Assert.All(exactly, p => Assert.True(p >= 0));
        });

    [Fact]
    public void Without_failure_modes_nothing_fails_and_the_empty_portfolio_always_does()
    {
        Assert.Equal([1, 0, 0, 0], Models.Of([], [[], []]).JointOfAll());
        Assert.Equal([1], Models.Of([0.3], []).JointOfAll());
    }

    [Fact]
    public void More_techniques_than_a_table_or_a_portfolio_can_have_are_refused_by_name()
    {
        var model = Models.Of([0.1], [.. Enumerable.Repeat(new[] { 0.5 }, 23)]);
        var table = Assert.Throws<RiskInputException>(() => FailedSets.JointOfAll(model, []));
        Assert.Equal("techniques is 23 long; allowed: at most 20 for all portfolios at once.", table.Message);
        var portfolio = Assert.Throws<RiskInputException>(() => FailedSets.Joint(model));
        Assert.Equal("portfolio is 23 techniques; allowed: at most 22 techniques.", portfolio.Message);
        Assert.Throws<RiskInputException>(() => Importance.Of(model));
        Assert.Throws<RiskInputException>(() => SharedByMode.Joint(model));
        Assert.Throws<RiskInputException>(() => FailedSets.JointOfAll(Models.Of([0.1], [[0.5]]), new double[3]));
    }

    [Fact]
    public void The_largest_portfolio_is_still_exact()
    {
        var model = Models.Of([0.1, 0.2], [.. Enumerable.Repeat(new[] { 0.9, 0.5 }, 22)]);
        var expected = 0.1 * 0.8 * Math.Pow(0.9, 22) + 0.9 * 0.2 * Math.Pow(0.5, 22) + 0.1 * 0.2 * Math.Pow(0.95, 22);
        Close.To(expected, FailedSets.Joint(model));
    }

    [Fact]
    public void The_table_of_all_portfolios_allocates_nothing()
    {
        var (model, joint) = (PaperVectorTests.Load("paper_b.json").Model, new double[128]);
        Assert.Equal(0, Allocated.Least(() => FailedSets.JointOfAll(model, joint)));
    }
}
