using System.Text.Json;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class OfflineRiskTests
{
    internal static readonly JsonElement Paper = Mesh.Vector("paper_a.json");

    internal static string Model => JsonSerializer.Serialize(new
    {
        techniques = Paper.GetProperty("techniques"),
        failureModes = Paper.GetProperty("modes").EnumerateArray().Select(mode => new { id = mode.GetString(), likelihood = 0.1 }),
        vulnerability = Paper.GetProperty("V"),
        safetyTax = Paper.GetProperty("tax_illustrative"),
    });

    [Fact]
    public async Task All_127_portfolios_of_the_papers_table_have_the_published_joint_probability()
    {
        var ran = await Mesh.PipeAsync(Model, "risk", "-", "--json");
        Assert.Equal(0, ran.Code);
        var portfolios = ran.Json.GetProperty("portfolios").EnumerateArray().ToArray();
        Assert.Equal(127, portfolios.Length);
        var techniques = Names(Paper.GetProperty("techniques"));
        foreach (var portfolio in portfolios)
        {
            var mask = Names(portfolio.GetProperty("techniques")).Sum(id => 1 << Array.IndexOf(techniques, id));
            var expected = Paper.GetProperty("all_portfolios_joint").GetProperty(mask.ToString()).GetDouble();
            Assert.Equal(expected, portfolio.GetProperty("joint").GetDouble(), expected * 1e-13);
        }
    }

    [Theory]
    [InlineData("RLHF,RLAIF,W2S", 0.40951)]
    [InlineData("Debate,RE", 0.13390345)]
    [InlineData("RLHF,RLAIF,W2S,Debate,RE,ScientistAI,IDA", 0.02482255)]
    public async Task The_asked_portfolio_of_the_paper_is_the_one_row_of_the_table(string portfolio, double joint)
    {
        var ran = await Mesh.PipeAsync(Model, "risk", "-", "--portfolio", portfolio);
        Assert.Equal(portfolio.Replace(',', '+'), ran.Rows[1][0]);
        Assert.Equal(joint, double.Parse(ran.Rows[1][1]), 1e-6);
        Assert.Equal("failure mode", ran.Rows[2][0]);
    }

    [Fact]
    public async Task Everything_together_is_93_times_worse_than_independent_and_AL_GEN_matters_most()
    {
        var json = (await Mesh.PipeAsync(Model, "risk", "-", "--json")).Json;
        var all = json.GetProperty("portfolios").EnumerateArray().Single(one => one.GetProperty("techniques").GetArrayLength() == 7);
        Assert.Equal(92.783, all.GetProperty("dependenceEffect").GetDouble(), 0.001);
        Assert.Equal(3.145, all.GetProperty("effectiveLayers").GetDouble(), 0.001);
        var first = json.GetProperty("importance").EnumerateArray().MaxBy(mode => mode.GetProperty("criticality").GetDouble());
        Assert.Equal("AL-GEN", first.GetProperty("failureMode").GetString());
        Assert.Equal(0.7293, first.GetProperty("criticality").GetDouble(), 0.0001);
    }

    [Fact]
    public async Task Json_has_exactly_the_promised_fields()
    {
        var json = (await Mesh.PipeAsync(Model, "risk", "-", "--json")).Json;
        Assert.Equal(
            [
                "method", "assumptions", "portfolios", "importance", "pairs", "shapley", "leaveOneOut", "atLeast", "pareto", "cells",
                "leftOut",
            ],
            Fields(json));
        Assert.Equal(
            [
                "techniques", "joint", "independent", "dependenceEffect", "effectiveLayers", "frechet", "jointWithFloor",
                "jointWithResidual",
            ],
            Fields(json.GetProperty("portfolios")[0]));
        Assert.Equal(["failureMode", "birnbaum", "criticality", "diagnostic", "raw", "rrw"], Fields(json.GetProperty("importance")[0]));
        Assert.Equal(["a", "b", "phi", "conditional", "jaccard"], Fields(json.GetProperty("pairs")[0]));
        Assert.Equal(["technique", "linear", "decades"], Fields(json.GetProperty("shapley")[0]));
        Assert.Equal(["technique", "ratio"], Fields(json.GetProperty("leaveOneOut")[0]));
        Assert.Equal(["techniques", "safetyTax", "joint", "jointRange"], Fields(json.GetProperty("pareto")[0]));
        Assert.Equal(["technique", "failureMode", "derivative"], Fields(json.GetProperty("cells")[0]));
        Assert.Equal(["unmodelledFloor", "residualBeta", "dependence", "statement"], Fields(json.GetProperty("assumptions")));
    }

    [Fact]
    public async Task A_portfolio_chooses_the_importance_and_the_json_still_lists_every_portfolio()
    {
        var json = (await Mesh.PipeAsync(Model, "risk", "-", "--json", "--portfolio", "RLHF,ScientistAI")).Json;
        Assert.Equal(127, json.GetProperty("portfolios").GetArrayLength());
        var all = (await Mesh.PipeAsync(Model, "risk", "-", "--json")).Json;
        Assert.NotEqual(all.GetProperty("importance").ToString(), json.GetProperty("importance").ToString());
    }

    [Fact]
    public async Task A_probability_above_one_is_refused_with_field_value_and_range()
    {
        var ran = await Mesh.PipeAsync(
            """{"techniques":["A"],"failureModes":[{"id":"M","likelihood":0.1}],"vulnerability":[[1.5]]}""", "risk", "-");
        Assert.Equal(65, ran.Code);
        Assert.Contains("vulnerability[0][0] is 1.5; allowed: a probability from 0 to 1", ran.Error);
        Assert.Empty(ran.Out);
    }

    [Fact]
    public async Task A_model_that_is_not_json_is_refused_with_the_shape_that_is_expected()
    {
        var ran = await Mesh.PipeAsync("techniques: A", "risk", "-");
        Assert.Equal(65, ran.Code);
        Assert.Contains("\"failureModes\":[{\"id\":\"S-TAX\",\"likelihood\":0.1}", ran.Error);
    }

    [Fact]
    public async Task A_mistyped_technique_is_a_usage_error_that_names_the_nearest_one()
    {
        var ran = await Mesh.PipeAsync(Model, "risk", "-", "--portfolio", "Debate,REE");
        Assert.Equal(64, ran.Code);
        Assert.Contains("Did you mean 'RE'?", ran.Error);
    }

    [Fact]
    public async Task Without_a_model_and_without_show_it_says_what_it_needs()
    {
        var ran = await Mesh.RunAsync("risk");
        Assert.Equal(64, ran.Code);
        Assert.Contains("needs MODEL.json, or a subcommand such as show", ran.Error);
    }

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(name => name.GetString()!)];

    private static string[] Fields(JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];
}
