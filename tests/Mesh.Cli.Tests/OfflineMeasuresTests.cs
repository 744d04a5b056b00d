using System.Text.Json;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class OfflineMeasuresTests
{
    [Fact]
    public async Task Pairs_layers_counts_and_the_frontier_are_the_published_ones()
    {
        var json = (await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--json")).Json;
        var all = OfflineRiskTests.Paper.GetProperty("portfolios").GetProperty("ALL7");
        Assert.Equal(21, json.GetProperty("pairs").GetArrayLength());
        foreach (var pair in json.GetProperty("pairs").EnumerateArray())
        {
            var expected = OfflineRiskTests.Paper.GetProperty("pairs").GetProperty($"{pair.GetProperty("a")}|{pair.GetProperty("b")}");
            Same(expected.GetProperty("phi"), pair.GetProperty("phi"));
            Same(expected.GetProperty("p_i_given_k"), pair.GetProperty("conditional"));
            Same(expected.GetProperty("jaccard_events"), pair.GetProperty("jaccard"));
        }

        foreach (var value in json.GetProperty("shapley").EnumerateArray())
        {
            JsonElement Published(string game) => all.GetProperty(game).GetProperty(value.GetProperty("technique").GetString()!);
            Same(Published("shapley_risk_reduction"), value.GetProperty("linear"));
            Assert.Equal(Published("shapley_ln").GetDouble() / Math.Log(10), value.GetProperty("decades").GetDouble(), 1e-12);
        }

        var layers = json.GetProperty("leaveOneOut").EnumerateArray().ToDictionary(layer => layer.GetProperty("technique").GetString()!);
        foreach (var expected in all.GetProperty("leave_one_out").EnumerateArray())
            Same(expected.GetProperty("cond_fail_given_rest"), layers[expected.GetProperty("tech").GetString()!].GetProperty("ratio"));
        var atLeast = json.GetProperty("atLeast").EnumerateArray();
        foreach (var (expected, actual) in all.GetProperty("p_at_least_k_fail").EnumerateArray().Zip(atLeast)) Same(expected, actual);
        var pareto = json.GetProperty("pareto").EnumerateArray();
        foreach (var (expected, actual) in OfflineRiskTests.Paper.GetProperty("pareto_tax_vs_risk").EnumerateArray().Zip(pareto))
            Same(expected.GetProperty("risk"), actual.GetProperty("joint"));
        Assert.Equal(8, json.GetProperty("pareto").GetArrayLength());
        Assert.Equal(49, json.GetProperty("cells").GetArrayLength());
    }

    [Fact]
    public async Task Floor_and_residual_are_beside_the_joint_and_named()
    {
        var ran = await Mesh.PipeAsync(
            OfflineRiskTests.Model, "risk", "-", "--portfolio", "Debate,RE", "--floor", "0.05", "--residual-beta", "0.5");
        Assert.Equal(["with floor 0.05", "with residual 0.5"], ran.Rows[0][^2..]);
        Assert.Equal(0.05 + 0.95 * 0.13390345, double.Parse(ran.Rows[1][^2]), 1e-6);
        var dependence = ran.Rows.SkipWhile(row => row[0] != "assumption").Skip(1).ToArray();
        Assert.Equal(
            ["shared-failure-modes", "unmodelled-shared-mode 0.05", "residual-beta 0.5", "exclusive-modes"],
            dependence.Select(row => row[0]));
        Assert.Equal(0.1, double.Parse(dependence[3][1]), 1e-9);
        var json = (await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--floor", "0", "--residual-beta", "1", "--json")).Json;
        Assert.Equal((0, 1), (
            json.GetProperty("assumptions").GetProperty("unmodelledFloor").GetDouble(),
            json.GetProperty("assumptions").GetProperty("residualBeta").GetDouble()));
        Assert.All(
            json.GetProperty("portfolios").EnumerateArray(),
            one => Assert.Equal(one.GetProperty("joint").GetDouble(), one.GetProperty("jointWithFloor").GetDouble()));
    }

    [Theory]
    [InlineData("--floor", "1.5")]
    [InlineData("--residual-beta", "-0.1")]
    public async Task An_assumption_that_is_no_probability_is_a_usage_error(string option, string value)
    {
        var ran = await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", option, value);
        Assert.Equal(64, ran.Code);
        Assert.Contains($"'{option}' is {value}; allowed: a probability from 0 to 1", ran.Error);
    }

    [Fact]
    public async Task The_overlap_table_starts_with_twins_and_says_what_is_redundant()
    {
        var ran = await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--overlap");
        var pairs = ran.Rows.SkipWhile(row => row is not ["technique", "other", ..]).Skip(1).ToArray();
        Assert.Equal(["RLAIF", "W2S"], pairs[0][..2]);
        Assert.Contains("RLHF adds nothing beside RE: whatever can overcome RE is certain to overcome RLHF.", ran.Out);
        Assert.Contains("EM-MIS and EVAL-DIFF overcome the same techniques for certain", ran.Out);
    }

    [Fact]
    public async Task The_shapley_table_has_the_most_valuable_layer_first_and_counts_failures()
    {
        var ran = await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--shapley");
        Assert.Equal("ScientistAI", ran.Rows.SkipWhile(row => row is not ["technique", "Shapley, decades", ..]).ElementAt(1)[0]);
        var counts = ran.Rows.SkipWhile(row => row[0] != "at least").Skip(1).ToArray();
        Assert.Equal(["7", "0.0248226", "1"], counts[6]);
        Assert.Equal(7, counts.Length);
    }

    [Fact]
    public async Task The_frontier_table_has_what_to_choose_and_what_to_add()
    {
        var ran = await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--frontier", "--portfolio", "RE");
        Assert.Contains(ran.Rows, row => row is ["RE+ScientistAI", "5", "0.0356725"]);
        Assert.Equal("ScientistAI", ran.Rows.SkipWhile(row => row is not ["technique", "joint with it", ..]).ElementAt(1)[0]);
        var untaxed = await Mesh.PipeAsync(
            """{"techniques":["A"],"failureModes":[{"id":"M","likelihood":0.1}],"vulnerability":[[0.5]]}""", "risk", "-", "--frontier");
        Assert.Contains("No frontier: the model has no safety tax.", untaxed.Error);
    }

    [Fact]
    public async Task The_cells_table_starts_with_the_cell_that_matters_most()
    {
        var ran = await Mesh.PipeAsync(OfflineRiskTests.Model, "risk", "-", "--cells", "--portfolio", "Debate,RE");
        var cells = ran.Rows.SkipWhile(row => row is not ["technique", "failure mode", ..]).Skip(1).ToArray();
        Assert.Equal("AL-GEN", cells[0][1]);
        Assert.Equal(12, cells.Length);
    }

    [Fact]
    public async Task A_question_that_is_too_large_writes_nothing_and_says_what_is_allowed()
    {
        var ids = Enumerable.Range(0, 21).Select(i => $"T{i}").ToArray();
        var model = JsonSerializer.Serialize(new
        {
            techniques = ids,
            failureModes = new[] { new { id = "M", likelihood = 0.1 } },
            vulnerability = ids.Select(_ => new[] { 0.5 }),
        });
        var ran = await Mesh.PipeAsync(model, "risk", "-", "--shapley");
        Assert.Equal((65, ""), (ran.Code, ran.Out));
        Assert.Contains("techniques is 21 long; allowed: at most 20 for all portfolios at once", ran.Error);
        Assert.Equal(0, (await Mesh.PipeAsync(model, "risk", "-")).Code);
    }

    private static void Same(JsonElement expected, JsonElement actual) =>
        Assert.Equal(expected.GetDouble(), actual.GetDouble(), 1e-12 * Math.Abs(expected.GetDouble()) + 1e-15);
}
