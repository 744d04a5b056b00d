using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class LayersTests
{
    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Every_listed_portfolio_of_the_paper_has_the_published_worth_of_its_layers(string file)
    {
        var (all, vectors) = PaperVectorTests.Load(file);
        foreach (var listed in vectors.GetProperty("portfolios").EnumerateObject())
        {
            var portfolio = all.Portfolio(listed.Value.GetProperty("mask").GetInt32());
            var atLeast = Layers.AtLeast(portfolio);
            foreach (var (expected, actual) in listed.Value.GetProperty("p_at_least_k_fail").EnumerateArray().Zip(atLeast))
                Close.To(expected.GetDouble(), actual, 1e-12, $"at least k of {listed.Name}");
            var exactly = listed.Value.GetProperty("p_exactly_k_fail").EnumerateArray().Select(p => p.GetDouble()).ToArray();
            Assert.Equal(exactly.Length, atLeast.Length);
            for (var k = 0; k < exactly.Length; k++)
                Assert.Equal(exactly[k], atLeast[k] - (k + 1 < atLeast.Length ? atLeast[k + 1] : 0), 1e-14);
            var worth = Layers.LeaveOneOut(portfolio).ToDictionary(layer => layer.Technique);
            foreach (var expected in listed.Value.GetProperty("leave_one_out").EnumerateArray())
            {
                var layer = worth[expected.GetProperty("tech").GetString()!];
                Close.To(expected.GetProperty("R_without").GetDouble(), layer.JointWithout, 1e-12);
                Close.To(expected.GetProperty("abs_benefit").GetDouble(), layer.Benefit, 1e-12);
                Close.To(expected.GetProperty("cond_fail_given_rest").GetDouble(), layer.Ratio, 1e-12);
            }

            foreach (var value in Shapley.Of(portfolio))
            {
                var (linear, ln) = (listed.Value.GetProperty("shapley_risk_reduction"), listed.Value.GetProperty("shapley_ln"));
                Close.To(linear.GetProperty(value.Technique).GetDouble(), value.Linear, 1e-12, $"Shapley in {listed.Name}");
                Close.To(ln.GetProperty(value.Technique).GetDouble() / Math.Log(10), value.Decades, 1e-12, $"decades in {listed.Name}");
            }
        }
    }

    [Fact]
    public void Leaving_one_out_is_the_portfolio_without_it() =>
        Models.Any.Sample(model =>
        {
            var (joint, all) = (model.JointOfAll(), (1 << model.Techniques.Count) - 1);
            foreach (var (layer, i) in Layers.LeaveOneOut(model).Select((layer, i) => (layer, i)))
            {
                Close.To(joint[all & ~(1 << i)], layer.JointWithout);
                Assert.Equal(joint[all & ~(1 << i)] - joint[all], layer.Benefit, 1e-14);
                Assert.Equal(joint[all & ~(1 << i)] == 0, layer.Ratio is null);
                if (layer.Ratio is { } ratio) Close.To(joint[all] / joint[all & ~(1 << i)], ratio);
            }
        });

    [Fact]
    public void At_least_k_is_the_sum_over_all_sets_of_failure_modes() =>
        Models.Any.Sample(model =>
        {
            var atLeast = Layers.AtLeast(model);
            for (var k = 0; k < atLeast.Length; k++)
                Assert.Equal(Oracles.AtLeastByModeSets(model, k), atLeast[k], 1e-14);
            Assert.Equal(atLeast.OrderDescending(), atLeast);
            Close.To(FailedSets.Joint(model), atLeast[^1]);
        });

    [Fact]
    public void The_expected_number_of_failures_does_not_depend_on_what_is_shared() =>
        Models.Any.Sample(model => Assert.Equal(
            Enumerable.Range(0, model.Techniques.Count).Sum(i => PortfolioMeasures.Alone(model, i)),
            Layers.AtLeast(model).Skip(1).Sum(), 1e-13));

    [Fact]
    public void Ten_layers_of_a_tenth_are_worth_ten_one_or_three()
    {
        double[][] Own(double shared) =>
            [.. Enumerable.Range(0, 10).Select(i => (double[])[shared, .. Enumerable.Range(0, 10).Select(j => i == j ? 1.0 : 0)])];
        double Layered(RiskModel model) => PortfolioMeasures.EffectiveLayers(
            FailedSets.Joint(model), [.. Enumerable.Range(0, 10).Select(i => PortfolioMeasures.Alone(model, i))])!.Value;
        var independent = Models.Of([0, .. Enumerable.Repeat(0.1, 10)], Own(0));
        var shared = Models.Of([0.1, .. Enumerable.Repeat(0.0, 10)], Own(1));
        var mostlyOwn = Models.Of([0.001, .. Enumerable.Repeat((0.1 - 0.001) / (1 - 0.001), 10)], Own(1));
        Close.To(1e-10, FailedSets.Joint(independent), 1e-14);
        Close.To(0.1, FailedSets.Joint(shared), 1e-14);
        Assert.Equal(1.0e-3, FailedSets.Joint(mostlyOwn), 0.5e-4);
        Assert.Equal(10, Layered(independent), 1e-12);
        Assert.Equal(1, Layered(shared), 1e-12);
        Assert.Equal(3.0, Layered(mostlyOwn), 0.05);
    }
}
