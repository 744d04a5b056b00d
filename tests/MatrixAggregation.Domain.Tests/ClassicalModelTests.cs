using System.Text.Json;
using AlignmentMesh.Tests;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class ClassicalModelTests
{
    private const double Exact = 1e-9;

    private static readonly double[] Levels = [0.05, 0.5, 0.95];

    /// <summary>2 to 5 experts' three quantiles and a realisation, for 1 to 6 items.</summary>
    private static readonly Gen<ElicitedItem[]> Items = Gen.Int[2, 5].SelectMany(experts => Gen.Select(
        Gen.Select(Gen.Double[-10, 10], Gen.Double[0.1, 5], Gen.Double[0.1, 5], Ascending).Array[experts], Gen.Double[-12, 20],
        (assessments, truth) => new ElicitedItem(assessments, truth)).Array[1, 6]);

    [SkippableFact]
    public void Every_number_of_the_tobacco_study_is_met()
    {
        var (file, model, items) = Tobacco();
        foreach (var (expert, name) in file.GetProperty("experts").EnumerateArray().Select(name => name.GetString()!).Index())
        {
            IReadOnlyList<double[]> own = [.. items.Select(item => item.Assessments[expert])];
            Assert.Equal(file.GetProperty("bin_counts").GetProperty(name).Deserialize<int[]>(), model.BinCounts(own));
            Near(file.GetProperty("expected").GetProperty(name), "comb_score", model.Experts[expert], Exact);
            Near(file.GetProperty("published").GetProperty(name), "weight", model.Experts[expert], 5.1e-7);
        }

        foreach (var (name, decisions) in new[]
        {
            ("EQ", model.Equal()), ("GLnoopt", model.Global()), ("ITnoopt", model.ByItem()), ("GLopt", model.OptimisedGlobal()),
        })
        {
            Near(file.GetProperty("expected").GetProperty(name), "comb_score", model.Score(decisions), Exact);
            foreach (var (expected, quantiles) in file.GetProperty("decision_makers").GetProperty(name).EnumerateArray().Zip(decisions))
                foreach (var (one, other) in expected.EnumerateArray().Zip(quantiles))
                    Assert.Equal(one.GetDouble(), other, Exact * Math.Max(1, Math.Abs(other)));
        }
    }

    [Fact]
    public void An_expert_whose_bins_are_filled_as_promised_has_calibration_one()
    {
        // With one quantile, the median, two realisations on either side are as promised, two on one side are chi-squared 4 ln 2 off.
        var model = new ClassicalModel([0.5], [new([[1], [3]], 0), new([[1], [3]], 2)]);
        Assert.Equal(1, model.Experts[0].Calibration, 1e-15);
        Assert.Equal(2 * (1 - Phi(Math.Sqrt(2 * 2 * Math.Log(2)))), model.Experts[1].Calibration, 1e-12);
    }

    [Fact]
    public void The_mean_distribution_has_the_asked_levels_at_the_decision_makers_quantiles() => Items.Sample(items =>
    {
        var decisions = new ClassicalModel(Levels, items).Equal();
        foreach (var (item, quantiles) in items.Zip(decisions))
        {
            double[] all = [.. item.Assessments.SelectMany(own => own), item.Realisation!.Value];
            var overshoot = 0.1 * (all.Max() - all.Min());
            foreach (var (level, quantile) in Levels.Zip(quantiles))
                Assert.Equal(
                    level, item.Assessments.Average(own => Height(own, all.Min() - overshoot, all.Max() + overshoot, quantile)), 1e-9);
        }
    });

    [Fact]
    public void The_order_of_the_experts_changes_no_decision_and_scores_are_within_their_ranges() => Items.Sample(items =>
    {
        var model = new ClassicalModel(Levels, items);
        Assert.All(model.Experts, expert => Assert.InRange(expert.Calibration, 0, 1));
        Assert.All(model.Experts, expert => Assert.True(expert.Information > -1e-12));
        var turned = Array.ConvertAll(items, item => item with { Assessments = [.. item.Assessments.Reverse()] });
        foreach (var (one, other) in model.Equal().Zip(new ClassicalModel(Levels, turned).Equal()))
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    });

    [Fact]
    public void Alone_an_expert_is_the_decision_maker_to_the_bit() => Items.Sample(items =>
    {
        var alone = Array.ConvertAll(items, item => item with { Assessments = [item.Assessments[0]] });
        Assert.Equal(alone.Select(item => item.Assessments[0]), new ClassicalModel(Levels, alone).Equal());
    });

    [Fact]
    public void Without_a_seed_or_with_quantiles_that_do_not_ascend_there_is_no_model()
    {
        Assert.Throws<ArgumentException>(() => new ClassicalModel([0.5], [new([[1]], null)]));
        Assert.Throws<ArgumentException>(() => new ClassicalModel([0.1, 0.9], [new([[1, 1]], 1)]));
        Assert.Throws<ArgumentException>(() => new ClassicalModel([0.1, 0.9], [new([[1]], 1)]));
        Assert.Throws<InvalidOperationException>(() => new ClassicalModel([0.5], [new([[1], [3]], 0)]).Global(significance: 1.1));
    }

    private static (JsonElement File, ClassicalModel Model, ElicitedItem[] Items) Tobacco()
    {
        var file = JsonDocument.Parse(File.ReadAllText(SharedFolder.Find("vectors/aggregation/cooke_tobacco.json"))).RootElement;
        var names = file.GetProperty("experts").EnumerateArray().Select(name => name.GetString()!).ToArray();
        ElicitedItem[] items =
        [
            .. file.GetProperty("realizations").EnumerateArray().Select((truth, at) => new ElicitedItem(
                [.. names.Select(name => file.GetProperty("assessments").GetProperty(name)[at].Deserialize<double[]>()!)],
                truth.ValueKind == JsonValueKind.Null ? null : truth.GetDouble())),
        ];
        var levels = file.GetProperty("quantiles").Deserialize<double[]>()!;
        return (file, new(levels, items, file.GetProperty("overshoot").GetDouble()), items);
    }

    private static void Near(JsonElement expected, string combined, ClassicalScore actual, double tolerance)
    {
        Assert.Equal(expected.GetProperty("calibration").GetDouble(), actual.Calibration, tolerance);
        Assert.Equal(expected.GetProperty("info_real").GetDouble(), actual.Information, tolerance);
        Assert.Equal(expected.GetProperty("info_total").GetDouble(), actual.InformationOfAll, tolerance);
        Assert.Equal(expected.GetProperty(combined).GetDouble(), actual.Combined, tolerance);
    }

    private static double Height(double[] own, double low, double high, double x)
    {
        (double X, double Y)[] points = [(low, 0), .. own.Zip(Levels), (high, 1)];
        var (from, to) = points.Zip(points.Skip(1)).First(piece => x <= piece.Second.X);
        return from.Y + (to.Y - from.Y) * (x - from.X) / (to.X - from.X);
    }

    private static double[] Ascending(double low, double step, double next) => [low, low + step, low + step + next];

    private static double Phi(double z) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);
}
