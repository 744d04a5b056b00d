using System.Runtime.Intrinsics;
using AlignmentMesh.Tests;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class RiskDrawsTests
{
    private static readonly Gen<SharedBy> Any = Gen.Int[0, 3].Select(way => (SharedBy)way);

    // 101 is no multiple of any vector's width.
    private const int Draws = 101;

    [Fact]
    public void Every_draw_of_every_portfolio_is_the_risk_of_the_model_with_that_draws_numbers() =>
        Knowledge(Any).Sample(knowledge =>
        {
            var drawn = RiskDraws.Of(knowledge, Draws, 5);
            foreach (var draw in new[] { 0, 3, 50, Draws - 1 })
            {
                var expected = ModelOf(drawn, draw).JointOfAll();
                for (var portfolio = 0; portfolio < drawn.Portfolios; portfolio++)
                    Close.To(expected[portfolio], drawn.Risks(portfolio)[draw]);
            }
        });

    [Fact]
    public void Every_drawn_number_is_the_quantile_of_its_stratum_and_what_is_certain_stays() =>
        Knowledge(Gen.Const(SharedBy.None)).Sample(knowledge =>
        {
            var drawn = RiskDraws.Of(knowledge, Draws, 5);
            var model = knowledge.Model;
            var dimension = 0;
            for (var j = 0; j < model.FailureModes.Count; j++)
                for (var i = -1; i < model.Techniques.Count; i++)
                {
                    var (mean, sd) = i < 0 ? (model.Likelihoods[j], LikelihoodSd) : (model.Cells(j)[i].Mean, model.Cells(j)[i].Sd);
                    var column = i < 0 ? drawn.Inputs.Likelihoods[j] : drawn.Inputs.Cells[j * model.Techniques.Count + i];
                    var strata = new int[Draws];
                    var isCertain = sd == 0 || mean is 0 or 1;
                    LatinHypercube.Permute(5, isCertain ? 0 : dimension++, strata);
                    for (var draw = 0; draw < Draws; draw++)
                        Assert.Equal(
                            isCertain ? mean : BetaQuantile.Of(mean, sd, LatinHypercube.Middle(strata[draw], Draws)),
                            column.From(draw)[0], isCertain ? 0 : 1e-7);
                }
        });

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        var knowledge = new RiskKnowledge(Models.Of([0.1, 0.3], [[0.4, 0.2], [0.5, 0.9]], [[0.1, 0.1], [0.2, 0.1]]), SharedBy.Mode);
        double[] Sample(long seed) => RiskDraws.Of(knowledge, 1000, seed).Risks(3).ToArray();
        Assert.Equal(Sample(8), Sample(8));
        Assert.NotEqual(Sample(8), Sample(9));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_draw_but_its_numbers_and_risks()
    {
        var knowledge = new RiskKnowledge(Models.Of([0.1, 0.3], [[0.4, 0.2], [0.5, 0.9]], [[0.1, 0.1], [0.2, 0.1]]), SharedBy.None);
        var few = Drawn(1_000);

        // Four risks, four quantiles, one logit and four strata a draw.
        Assert.InRange(Drawn(100_000) - few - 99_000 * (4 * 8 + 4 * 8 + 8 + 4 * 4), -4096, 4096);

        long Drawn(int draws) => Allocated.Least(() => RiskDraws.Of(knowledge, draws, 1));
    }

    [Fact]
    public void In_every_draw_a_technique_more_never_raises_the_risk_and_none_at_all_always_fails() =>
        Knowledge(Any).Sample(knowledge =>
        {
            var drawn = RiskDraws.Of(knowledge, Draws, 1);
            Assert.All(drawn.Risks(0).ToArray(), risk => Assert.Equal(1, risk));
            for (var portfolio = 1; portfolio < drawn.Portfolios; portfolio++)
                for (var i = 0; i < knowledge.Model.Techniques.Count; i++)
                    foreach (var (more, less) in drawn.Risks(portfolio | 1 << i).ToArray().Zip(drawn.Risks(portfolio).ToArray()))
                        Assert.True(more <= less * (1 + Close.Rounding));
        });

    [Fact]
    public void Certain_numbers_give_the_joint_in_every_draw() =>
        Models.Any.Sample(model =>
        {
            var drawn = RiskDraws.Of(new RiskKnowledge(model, SharedBy.All), Draws, 1);
            var joint = model.JointOfAll();
            for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                foreach (var risk in drawn.Risks(portfolio))
                    Close.To(joint[portfolio], risk);
        });

    [Fact]
    public void One_organisation_that_rated_everything_is_all_shared_and_one_a_number_is_nothing_shared() =>
        Models.Uncertain.Sample(model =>
        {
            double[] sds = [.. model.Likelihoods.ToArray().Select(_ => LikelihoodSd)];
            AssertSame(new RiskKnowledge(model, SharedBy.All, sds), Rated((_, _) => ["A"]));
            AssertSame(new RiskKnowledge(model, SharedBy.None, sds), Rated((i, j) => [$"{i} {j}"]));
            AssertSame(new RiskKnowledge(model, SharedBy.None, sds), Rated((_, _) => []));

            RiskKnowledge Rated(Func<int, int, string[]> by) => new(model, SharedBy.Organisation, sds, RatedBy(model, by));
        });

    [Fact]
    public void Numbers_of_half_the_same_organisations_are_half_correlated()
    {
        var model = Models.Of([1, 1], [[0.5, 0], [0, 0.5]], [[0.1, 0], [0, 0.1]]);
        var raters = RatedBy(model, (i, _) => i == 0 ? ["A", "B"] : ["B", "C"]);
        var drawn = RiskDraws.Of(new RiskKnowledge(model, SharedBy.Organisation, raters: raters), 10_000, 1);

        // Spearman's correlation of two normals with correlation 1/2 is (6 / pi) arcsin(1/4); its standard error is about 1 / sqrt N.
        var (first, second) = (Ranks(drawn.Risks(1).ToArray()), Ranks(drawn.Risks(2).ToArray()));
        Assert.Equal(6 / Math.PI * Math.Asin(0.25), Correlation(first, second), 0.03);
    }

    [Theory]
    [InlineData(99, 1, "draws is 99; allowed: 100..100000 for 1 techniques and 1 failure modes.")]
    [InlineData(100_001, 1, "draws is 100001; allowed: 100..100000 for 1 techniques and 1 failure modes.")]
    [InlineData(100, -1, "seed is -1; allowed: 0..9007199254740991.")]
    [InlineData(100, 9007199254740992, "seed is 9007199254740992; allowed: 0..9007199254740991.")]
    public void Draws_and_seeds_outside_their_limits_are_refused(int draws, long seed, string message) =>
        Assert.Equal(message, Refused(1, 1, draws, seed));

    [Fact]
    public void Large_models_are_refused_with_how_many_draws_they_may_have()
    {
        Assert.Equal("draws is 10000; allowed: 100..4096 for 12 techniques and 7 failure modes.", Refused(12, 7, 10_000, 1));
        Assert.Equal("draws is 4096; allowed: 100..406 for 12 techniques and 100 failure modes.", Refused(12, 100, 4096, 1));
        Assert.Equal("techniques is 13; allowed: at most 12, or a portfolio of at most as many.", Refused(13, 1, 1000, 1));
        Assert.Equal("failureModes is 2100; allowed: fewer beside 12 techniques, or a portfolio of fewer.", Refused(12, 2100, 100, 1));
    }

    [Fact]
    public void Shared_by_organisation_needs_to_know_the_organisations() => Assert.Equal(
        "shared",
        Assert.Throws<RiskInputException>(() => new RiskKnowledge(Models.Of([0.1], [[0.5]]), SharedBy.Organisation)).Field);

    internal const double LikelihoodSd = 0.05;

    /// <summary>Models with uncertain cells and likelihoods; every cell is rated by its technique's organisation and by "C".</summary>
    internal static Gen<RiskKnowledge> Knowledge(Gen<SharedBy> shared) => Gen.Select(Models.Uncertain, shared, (model, by) =>
        new RiskKnowledge(
            model, by, [.. model.Likelihoods.ToArray().Select(_ => LikelihoodSd)], RatedBy(model, (i, _) => [$"T{i}", "C"])));

    /// <param name="by">Of technique (-1: the likelihood) and failure mode.</param>
    private static RatedBy RatedBy(RiskModel model, Func<int, int, string[]> by) => new(
        [.. model.Techniques.Select((_, i) => (IReadOnlyList<IReadOnlyList<string>>)[.. model.FailureModes.Select((_, j) => by(i, j))])],
        [.. model.FailureModes.Select((_, j) => by(-1, j))]);

    internal static RiskModel ModelOf(RiskDraws drawn, int draw)
    {
        var model = drawn.Knowledge.Model;
        var (first, lane) = (draw / Vector256<double>.Count * Vector256<double>.Count, draw % Vector256<double>.Count);
        double At(DrawnInputs.Column column) => column.From(first)[lane];
        return Models.Of(
            [.. drawn.Inputs.Likelihoods.Select(At)],
            [
                .. Enumerable.Range(0, model.Techniques.Count).Select(i => Enumerable.Range(0, model.FailureModes.Count)
                    .Select(j => At(drawn.Inputs.Cells[j * model.Techniques.Count + i])).ToArray()),
            ]);
    }

    private static void AssertSame(RiskKnowledge expected, RiskKnowledge actual)
    {
        var (left, right) = (RiskDraws.Of(expected, Draws, 2), RiskDraws.Of(actual, Draws, 2));
        for (var portfolio = 0; portfolio < left.Portfolios; portfolio++)
            Assert.Equal(left.Risks(portfolio).ToArray(), right.Risks(portfolio).ToArray());
    }

    private static string Refused(int techniques, int modes, int draws, long seed)
    {
        var model = Models.Of(
            [.. Enumerable.Repeat(0.1, modes)], [.. Enumerable.Repeat(Enumerable.Repeat(0.5, modes).ToArray(), techniques)]);
        return Assert.Throws<RiskInputException>(() => RiskDraws.Of(new RiskKnowledge(model, SharedBy.None), draws, seed)).Message;
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select((x, k) => (x, k)).OrderBy(pair => pair.x).Select((pair, rank) => (pair.k, rank)).OrderBy(p => p.k)
            .Select(p => (double)p.rank)];

    private static double Correlation(double[] left, double[] right)
    {
        var (x, y) = (left.Average(), right.Average());
        return left.Zip(right, (a, b) => (a - x) * (b - y)).Sum()
            / Math.Sqrt(left.Sum(a => (a - x) * (a - x)) * right.Sum(b => (b - y) * (b - y)));
    }
}
