using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class LargeJointTests
{
    /// <summary>Many zeros and ones, so that every reduction is met.</summary>
    private static readonly Gen<RiskModel> Sparse = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 6]).SelectMany((n, m) => Gen.Select(
        Gen.Frequency((1, Gen.Const(0.0)), (1, Gen.Const(1.0)), (5, Gen.Double[0, 1])).Array[m],
        Gen.Frequency((4, Gen.Const(0.0)), (3, Gen.Const(1.0)), (3, Gen.Double[0, 1])).Array[m].Array[n],
        (likelihoods, means) => Models.Of(likelihoods, means)));

    [Fact]
    public void Every_way_of_computing_gives_the_exact_joint() =>
        Sparse.Sample(model =>
        {
            var exact = Oracles.ByInclusionAndExclusion(model, (1 << model.Techniques.Count) - 1);
            var part = LayeredPart.Of(model);
            Close.To(exact, part.ByModeSets(residual: 0), what: "mode sets");
            Close.To(exact, part.ByFailedSets(), what: "failed sets");
            Close.To(exact, Reduction.Of(part).Joint(left => left.ByFailedSets()), what: "reduced, failed sets");
            Close.To(exact, Reduction.Of(part).Joint(left => left.ByModeSets(0)), what: "reduced, mode sets");
            Close.To(exact, ExactPlan.Of(part)!.Joint(), what: "planned");
            Close.To(exact, LargeJoint.Of(model).Joint, what: "large");
        });

    [Fact]
    public void Splitting_on_hubs_gives_the_exact_joint_within_the_work_allowed() =>
        Sparse.Sample(model =>
        {
            var exact = Oracles.ByInclusionAndExclusion(model, (1 << model.Techniques.Count) - 1);
            for (var mostWork = 1.0; mostWork < 1000; mostWork *= 3)
                if (ExactPlan.Of(LayeredPart.Of(model), mostWork) is { } plan)
                {
                    Assert.True(plan.Work <= mostWork);
                    Close.To(exact, plan.Joint());
                }
        });

    [Fact]
    public void A_chain_of_forty_techniques_needs_a_hub_and_no_sampling()
    {
        // Two modes that touch everything and forty that touch one technique each: 2^42 sets of modes, 2^40 of techniques.
        double[] likelihoods = [0.2, 0.3, .. Enumerable.Repeat(0.5, 40)];
        double[][] means = [.. Enumerable.Range(0, 40).Select(i =>
            (double[])[0.5, 0.9, .. Enumerable.Range(0, 40).Select(j => i == j ? 0.8 : 0)])];
        var joint = LargeJoint.Of(Models.Of(likelihoods, means));
        double Given(double survives) => Math.Pow(1 - survives * 0.6, 40);
        Close.To(
            0.8 * 0.7 * Given(1) + 0.2 * 0.7 * Given(0.5) + 0.8 * 0.3 * Given(0.1) + 0.2 * 0.3 * Given(0.05), joint.Joint, 1e-12);
        Assert.Equal((LargeJoint.Exact, null, null), (joint.Algorithm, joint.StandardError, joint.Bracket));
    }

    [Theory]
    [InlineData(12, 30, 0.05, 0.3)]
    [InlineData(16, 40, 0.02, 0.5)]
    [InlineData(16, 40, 0.1, 0.9)]
    [InlineData(18, 26, 0.01, 0.2)]
    public void A_sampled_joint_is_within_four_standard_errors_of_the_exact_one_and_in_its_bracket(
        int techniques, int modes, double likelihood, double filled)
    {
        var model = Random(techniques, modes, likelihood, filled, seed: 7);
        var exact = FailedSets.Joint(model);
        var sampled = LargeJoint.Of(model, seed: 1, residual: 0, mostWork: 1);
        Assert.Equal(LargeJoint.Sampled, sampled.Algorithm);
        Assert.Equal(1, sampled.Seed);
        Assert.InRange(exact, sampled.Bracket![0], sampled.Bracket[1]);
        Assert.True(
            Math.Abs(sampled.Joint - exact) <= 4 * sampled.StandardError,
            $"{sampled.Joint} +- {sampled.StandardError}, exact {exact}");
        Assert.True(sampled.StandardError < 0.05 * exact, $"{sampled.StandardError} of {exact}, {sampled.EffectiveSamples} effective");
        Assert.True(sampled.EffectiveSamples > 500);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_another_estimate()
    {
        var model = Random(12, 30, 0.05, 0.5, seed: 3);
        var once = LargeJoint.Of(model, 5, 0, mostWork: 1);
        var again = LargeJoint.Of(model, 5, 0, mostWork: 1);
        Assert.Equal((once.Joint, once.StandardError, once.EffectiveSamples), (again.Joint, again.StandardError, again.EffectiveSamples));
        Assert.NotEqual(once.Joint, LargeJoint.Of(model, 6, 0, mostWork: 1).Joint);
    }

    [Fact]
    public void Over_many_seeds_the_estimates_spread_as_their_standard_errors_say()
    {
        var model = Random(8, 60, 0.1, 0.6, seed: 11);
        var exact = FailedSets.Joint(model);
        var off = Enumerable.Range(0, 40).Select(seed => LargeJoint.Of(model, seed, 0, mostWork: 1))
            .Select(one => (one.Joint - exact) / one.StandardError!.Value).ToArray();
        Assert.InRange(off.Average(), -0.65, 0.65);
        Assert.InRange(Math.Sqrt(off.Average(z => z * z)), 0.6, 1.4);
    }

    [Fact]
    public void Sixty_techniques_and_sixty_modes_are_sampled_with_the_digits_the_error_carries()
    {
        var joint = LargeJoint.Of(Random(60, 60, 0.05, 0.7, seed: 2));
        Assert.Equal(LargeJoint.Sampled, joint.Algorithm);
        Assert.InRange(joint.Joint, joint.Bracket![0], joint.Bracket[1]);
        var place = Math.Pow(10, Math.Floor(Math.Log10(joint.StandardError!.Value)) - 1);
        Assert.Equal(Math.Round(joint.Joint / place), joint.Joint / place, 1e-6);
    }

    [Theory]
    [InlineData(4.4099661e-7, 1.7631e-8, 4.41e-7, 1.8e-8)]
    [InlineData(0.123456, 0.0299, 0.123, 0.03)]
    [InlineData(0.123456, 0.0996, 0.12, 0.1)]
    [InlineData(3.3e-9, 1.8e-8, 3e-9, 1.8e-8)]
    [InlineData(3.3e-11, 1.8e-8, 0, 1.8e-8)]
    [InlineData(0.25, 0, 0.25, 0)]
    public void An_estimate_has_no_more_digits_than_its_standard_error(double value, double error, double shown, double shownError) =>
        Assert.Equal((shown, shownError), LargeJoint.Supported(value, error));

    [Fact]
    public void Failures_as_rare_as_1e_minus_16_are_found_by_the_draws()
    {
        // Thirty modes of 1e-9 that each defeat one half of the techniques: one of each kind must obtain.
        double[] Half(int i) => [.. Enumerable.Range(0, 30).Select(j => i % 2 == j % 2 ? 1.0 - i * 1e-3 : 0)];
        var rare = LargeJoint.Of(Models.Of([.. Enumerable.Repeat(1e-9, 30)], [.. Enumerable.Range(0, 24).Select(Half)]), 1, 0, mostWork: 1);
        Assert.InRange(rare.Joint, 1e-17, 4e-16);
        Assert.True(rare.StandardError < 0.1 * rare.Joint);
    }

    [Fact]
    public void Where_no_draw_fails_the_bracket_is_all_that_is_known()
    {
        // A ring: each of sixty techniques is defeated by its own mode and by the next one's, so thirty modes must obtain.
        double[] Row(int i) => [.. Enumerable.Range(0, 60).Select(j => j == i || j == (i + 1) % 60 ? 1.0 : 0)];
        var ring = LargeJoint.Of(Models.Of([.. Enumerable.Repeat(1e-6, 60)], [.. Enumerable.Range(0, 60).Select(Row)]));
        Assert.Equal((0, 0), (ring.Joint, ring.EffectiveSamples!.Value));
        // Three modes are counted one set at a time; four of sixty obtain with this probability.
        Assert.Equal(487_635 * 1e-24, ring.Bracket![1], 1e-22);
        Assert.Equal(4.9e-19, ring.StandardError);
    }

    [Fact]
    public void A_thousand_by_a_thousand_is_refused_with_the_limit_and_a_residual_outside_0_to_1_too()
    {
        var large = Models.Of([.. Enumerable.Repeat(0.1, 1000)], [.. Enumerable.Repeat(new double[1000], 1000)]);
        Assert.Equal("at most 262144 cells", Assert.Throws<RiskInputException>(() => LargeJoint.Of(large)).Allowed);
        Assert.Equal(
            "residual", Assert.Throws<RiskInputException>(() => LargeJoint.Of(Models.Of([], [[]]), residual: 1.5)).Field);
    }

    /// <summary>Likelihoods up to twice the given, and so large a part of the cells above 0.</summary>
    private static RiskModel Random(int techniques, int modes, double likelihood, double filled, int seed)
    {
        var random = new Random(seed);
        double[] likelihoods = [.. Enumerable.Range(0, modes).Select(_ => 2 * likelihood * random.NextDouble())];
        double Cell() => random.NextDouble() < filled ? random.NextDouble() : 0;
        double[][] means = [.. Enumerable.Range(0, techniques).Select(_ => Enumerable.Range(0, modes).Select(_ => Cell()).ToArray())];
        return Models.Of(likelihoods, means);
    }
}
