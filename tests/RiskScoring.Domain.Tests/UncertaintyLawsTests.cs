using CsCheck;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class UncertaintyLawsTests
{
    private const int Draws = 2000;

    // What a few ratings leave open; spreads that a Beta can have.
    private static readonly Gen<RiskModel> Judged = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4]).SelectMany((n, m) =>
        Gen.Select(Gen.Double[0.02, 0.98].Array[m], Gen.Double[0.05, 0.95].Array[m].Array[n], Gen.Double[0, 0.55].Array[m].Array[n])
            .Select((pi, means, shares) => Models.Of(
                pi, means, [.. means.Select((row, i) => row.Select((v, j) => shares[i][j] * Math.Sqrt(v * (1 - v))).ToArray())])));

    /// <summary>The laws are statistical: the same models every time, so that they hold always or never.</summary>
    private static RiskModel[] Cases()
    {
        var random = new PCG(1, 20);
        return [.. Enumerable.Range(0, 60).Select(_ => Judged.Generate(random, null, out var _))];
    }

    [Theory]
    [InlineData(SharedBy.None)]
    [InlineData(SharedBy.Mode)]
    [InlineData(SharedBy.All)]
    public void The_mean_of_the_draws_is_within_four_standard_errors_of_the_one_computed_without_drawing(SharedBy shared) =>
        Assert.All(
            Cases(), model =>
            {
                var knowledge = Knowledge(model, shared);
                var drawn = RiskDraws.Of(knowledge, Draws, 11);
                var exact = ExactMeans.OfAll(knowledge)!;
                for (var portfolio = 0; portfolio < exact.Length; portfolio++)
                {
                    var (mean, sd) = Moments(drawn.Risks(portfolio));

                    // Sixteen nodes follow the curve of a quantile function to a thousandth of its spread.
                    Assert.Equal(exact[portfolio], mean, 4 * sd / Math.Sqrt(Draws) + 1e-3 * sd + Close.Rounding);
                }
            });

    [Fact]
    public void The_headline_is_the_mean_of_draws_shared_by_mode_and_lies_between_the_joint_and_the_best_technique_alone() =>
        Assert.All(
            Cases(), model =>
            {
                var shared = model.SharedOfAll();
                var (independent, drawn) = (model.JointOfAll(), RiskDraws.Of(new RiskKnowledge(model, SharedBy.Mode), Draws, 11));
                for (var portfolio = 1; portfolio < shared.Length; portfolio++)
                {
                    var (mean, sd) = Moments(drawn.Risks(portfolio));
                    var nodes = 1e-3 * sd + 1e-3 * shared[portfolio];
                    Assert.Equal(shared[portfolio], mean, 4 * sd / Math.Sqrt(Draws) + nodes);
                    Assert.InRange(
                        shared[portfolio], independent[portfolio] - nodes, Models.Bits(portfolio).Min(i => independent[1 << i]) + nodes);
                }
            });

    [Fact]
    public void The_spread_of_the_draws_is_the_exact_one_of_two_copies() =>
        Assert.All(
            Cases(), model =>
            {
                var knowledge = Knowledge(model, SharedBy.None);
                var drawn = RiskDraws.Of(knowledge, Draws, 11);
                var portfolio = drawn.Portfolios - 1;
                double[] sample = [.. drawn.Risks(portfolio)];
                var (mean, sd) = Moments(sample);
                var kurtosis = sample.Average(x => Math.Pow((x - mean) / sd, 4));
                Assert.Equal(
                    Oracles.SdByTwoCopies(model, Sds(model), portfolio), sd, 4 * sd * Math.Sqrt((kurtosis - 1) / (4.0 * Draws)));
            });

    [Fact]
    public void A_single_uncertain_number_is_integrated_and_not_sampled()
    {
        var model = Models.Of([0.3], [[0.6]], [[0.2]]);
        var (mean, _) = Moments(RiskDraws.Of(new RiskKnowledge(model, SharedBy.None), 1000, 1).Risks(1));
        Assert.Equal(0.18, mean, 2e-6);
    }

    [Fact]
    public void The_tornado_of_independent_numbers_is_the_slope_of_the_risk_times_their_quantiles() =>
        Judged.Sample(model =>
        {
            var knowledge = Knowledge(model, SharedBy.None);
            int[] all = [.. Enumerable.Range(0, model.Techniques.Count)];
            var swings = Tornado.Of(knowledge, all);
            Assert.Equal(swings.OrderByDescending(swing => swing.High - swing.Low), swings);
            Assert.Equal(knowledge.Inputs.Count, swings.Count);
            var risk = FailedSets.Joint(model);
            foreach (var input in knowledge.Inputs)
            {
                var name = input.Technique is { } i ? $"T{i}/F{input.FailureMode}" : $"F{input.FailureMode}";
                var swing = swings.Single(swing => swing.Name == name);
                double At(double value) => FailedSets.Joint(model.With((likelihoods, means) =>
                    _ = input.Technique is { } row ? means[row][input.FailureMode] = value : likelihoods[input.FailureMode] = value));
                var slope = At(1) - At(0);
                Assert.Equal(risk + slope * (BetaQuantile.Of(input.Mean, input.Sd, 0.05) - input.Mean), swing.Low, 1e-13);
                Assert.Equal(risk + slope * (BetaQuantile.Of(input.Mean, input.Sd, 0.95) - input.Mean), swing.High, 1e-13);
            }
        });

    [Theory]
    [InlineData(SharedBy.Mode)]
    [InlineData(SharedBy.Organisation)]
    [InlineData(SharedBy.All)]
    public void What_is_shared_moves_all_its_numbers_in_the_tornado_of_any_portfolio(SharedBy shared) =>
        Gen.Select(RiskDrawsTests.Knowledge(Gen.Const(shared)), Gen.Int[0, 30]).Sample((knowledge, pick) =>
        {
            var portfolio = 1 + pick % ((1 << knowledge.Model.Techniques.Count) - 1);
            var swings = Tornado.Of(knowledge, Models.Bits(portfolio));
            for (var factor = 0; factor < knowledge.Factors.Count; factor++)
            {
                var swing = swings.Single(one => (one.Kind, one.Name) == (knowledge.Factors[factor].Kind, knowledge.Factors[factor].Name));
                Close.To(RiskAt(factor, 0.05), swing.Low, 1e-12);
                Close.To(RiskAt(factor, 0.95), swing.High, 1e-12);
            }

            double RiskAt(int factor, double quantile) => FailedSets.Joint(knowledge.At(input => input.Factors.Contains(factor)
                ? BetaQuantile.Of(input.Mean, input.Sd, Share(quantile, input.Factors.Count))
                : input.Mean).Portfolio(portfolio));

            // Of k equal shares of a sum of variance 1, one moves it by 1 / sqrt k of its own move.
            double Share(double quantile, int factors) =>
                Normal.CDF(0, 1, Normal.InvCDF(0, 1, quantile) / Math.Sqrt(factors));
        });

    private static double[] Sds(RiskModel model) => [.. model.Likelihoods.ToArray().Select(pi => 0.4 * Math.Sqrt(pi * (1 - pi)))];

    private static RiskKnowledge Knowledge(RiskModel model, SharedBy shared) => new(model, shared, Sds(model));

    private static (double Mean, double Sd) Moments(ReadOnlySpan<double> sample)
    {
        double[] values = [.. sample];
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(x => (x - mean) * (x - mean))));
    }
}
