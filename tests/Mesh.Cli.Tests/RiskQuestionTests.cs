using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

/// <summary>What <c>mesh risk</c> asks of the service about a study, and how it shows the answers.</summary>
public sealed class RiskQuestionTests
{
    private const string Statement = "Expert judgement, not an observed frequency.";

    private static readonly RiskAssumptions Assumptions = new("shared-failure-modes", 0.01, ["M1"], []);

    [Theory]
    [InlineData("frontier", "/api/v1/studies/s/risk/frontier?version=7&lens=")]
    [InlineData("overlap", "/api/v1/studies/s/risk/overlap?version=7&lens=")]
    [InlineData("importance", "/api/v1/studies/s/risk/importance?version=7&lens=")]
    [InlineData("cells", "/api/v1/studies/s/risk/cells?version=7&lens=")]
    [InlineData("paper", "/api/v1/studies/s/risk/paper?version=7&lens=")]
    public async Task Tables_show_the_headline_and_then_crisp_unless_a_lens_is_asked_for(string question, string path)
    {
        await using var service = await Answering();
        var both = await Mesh.RunAsync("risk", question, "s", "--version", "7", "--url", service.Url);
        Assert.Equal((0, ""), (both.Code, both.Error));
        Assert.Equal([path + "rohl-1", path + "crisp"], service.Requests.Select(asked => asked.Path));
        Assert.Contains(Statement, both.Out);
        Assert.Contains("s, version 7, lens rohl-1", both.Out);
        var one = await Mesh.RunAsync("risk", question, "s", "--lens", "crisp", "--url", service.Url);
        Assert.DoesNotContain("lens rohl-1", one.Out);
        var csv = await Mesh.RunAsync("risk", question, "s", "--format", "csv", "--url", service.Url);
        Assert.Equal($"/api/v1/studies/s/risk/{question}?format=csv", service.Requests.Last().Path);
        Assert.Equal(0, csv.Code);
        var json = await Mesh.RunAsync("risk", question, "s", "--json", "--url", service.Url);
        Assert.Equal(7, json.Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Numbers_and_words_of_an_answer_are_in_its_table()
    {
        await using var service = await Answering();
        var frontier = await Mesh.RunAsync("risk", "frontier", "s", "--lens", "crisp", "--url", service.Url);
        Assert.Contains(frontier.Rows, row => row is ["T1+T2", "3", "0.125", "0.1 to 0.2"]);
        Assert.Contains("nobody rated their safety tax: T3", frontier.Out);
        Assert.Contains("Left out, dominated: too many", frontier.Out);
        var cells = await Mesh.RunAsync("risk", "cells", "s", "--portfolio", "T1,T2", "--lens", "crisp", "--url", service.Url);
        Assert.Contains("portfolio=T1%2CT2", service.Requests.Last().Path);
        Assert.Contains(cells.Rows, row => row is ["T1", "M1", "50%", "0.25", "10-90%", "0.1 to 0.2"]);
        var paper = await Mesh.RunAsync("risk", "paper", "s", "--lens", "crisp", "--url", service.Url);
        Assert.Contains("HOLDS PARTLY: They share.", paper.Out);
        var overlap = await Mesh.RunAsync("risk", "overlap", "s", "--lens", "crisp", "--url", service.Url);
        Assert.Contains("T1 adds nothing beside T2.", overlap.Out);
    }

    [Fact]
    public async Task What_is_set_is_sent_and_the_answer_shows_yours_beside_the_consensus_and_crisp()
    {
        await using var service = await Answering();
        var ran = await Mesh.RunAsync(
            "risk", "simulate", "s", "--portfolio", "T1,T2", "--layers", "2", "--cell", "T1/M1=0.8", "--cell", "T2/M1=0.1",
            "--likelihood", "M1=0.2", "--tax", "T1=2", "--group", "M1+M2=0.5", "--floor", "0.02", "--residual-beta", "0.1", "--exclusive",
            "--seed", "7", "--url", service.Url);
        Assert.Equal(0, ran.Code);
        Assert.Equal(
            ["/api/v1/studies/s/risk:simulate", "/api/v1/studies/s/risk:simulate?version=7&lens=crisp"],
            service.Requests.Select(asked => asked.Path));
        var sent = JsonSerializer.Deserialize<SimulateRequest>(service.Requests.First().Body, ContractJson.Options)!;
        Assert.Equal(["T1", "T2"], sent.Techniques);
        Assert.Equal([new("T1", "M1", 0.8), new("T2", "M1", 0.1)], sent.Cells);
        Assert.Equal(new LikelihoodOverride("M1", 0.2), sent.Likelihoods!.Single());
        Assert.Equal(new SafetyTaxOverride("T1", 2), sent.SafetyTaxes!.Single());
        Assert.Equal(["M1", "M2"], sent.Groups!.Single().FailureModes);
        Assert.Equal(
            (2, 0.02, 0.1, true, 7L), (sent.LayersNeeded, sent.UnmodelledFloor, sent.ResidualBeta, sent.ExclusiveModes, sent.Seed));
        Assert.Contains(ran.Rows, row => row is ["joint", "0.25", "0.5", "0.25"]);
        Assert.Contains(ran.Rows, row => row is ["fewer than 2 hold", "0.4", "", "0.4"]);
        Assert.Contains("seed 7", ran.Error);
    }

    [Theory]
    [InlineData("--cell", "T1=0.5", "TECHNIQUE/MODE=X")]
    [InlineData("--cell", "T1/M1=much", "TECHNIQUE/MODE=X")]
    [InlineData("--likelihood", "M1", "MODE=X")]
    [InlineData("--tax", "=1", "TECHNIQUE=X")]
    [InlineData("--group", "M1+M2=NaN", "MODE+MODE=B")]
    public async Task What_cannot_be_set_is_refused_before_anything_is_asked(string option, string value, string allowed)
    {
        await using var service = await Answering();
        var ran = await Mesh.RunAsync("risk", "simulate", "s", option, value, "--url", service.Url);
        Assert.Equal(64, ran.Code);
        Assert.Contains($"'{option}' is ", ran.Error);
        Assert.Contains(allowed, ran.Error);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_portfolio_is_shown_with_its_layers_and_exported_as_the_service_wrote_it()
    {
        await using var service = await Answering();
        var shown = await Mesh.RunAsync("risk", "portfolio", "s", "T1,T2", "--url", service.Url);
        Assert.Equal(0, shown.Code);
        Assert.StartsWith("/api/v1/studies/s/risk/portfolios/T1,T2?lens=rohl-1", service.Requests.First().Path, StringComparison.Ordinal);
        Assert.Contains("if failures can only go together 0.1 to 0.3", shown.Out);
        Assert.Contains(shown.Rows, row => row is ["T2", "0.6", "0.4", "0.5", "0.25", "50%"]);
        var xml = await Mesh.RunAsync("risk", "export", "s", "--portfolio", "T1,T2", "--failing", "1", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/risk/openpsa?portfolio=T1%2CT2&failing=1", service.Requests.Last().Path);
        Assert.Equal("<opsa-mef/>", xml.Out);
    }

    private static Task<FakeService> Answering() => FakeService.StartAsync(asked => new Answer(200, asked.Path.Split('?')[0] switch
    {
        var path when path.EndsWith("frontier", StringComparison.Ordinal) => Json(new RiskFrontier(
            "s", null, 7, "crisp", "m", Statement, "digest", Assumptions, "joint", ["T3"], [], [Ranked], [Ranked], [],
            ["dominated: too many"])),
        var path when path.EndsWith("overlap", StringComparison.Ordinal) => Json(new RiskOverlap(
            "s", null, 7, "crisp", "m", Statement, "digest", Assumptions, [Pair],
            [new RedundantTechnique("T1", "T2", false, "T1 adds nothing beside T2.")], [])),
        var path when path.EndsWith("importance", StringComparison.Ordinal) => Json(new RiskImportance(
            "s", null, 7, "crisp", "m", Statement, "digest", Assumptions, ["T1", "T2"], [Mode], [new("M1", 1, 1)],
            [new("M1", 0.1, 0.5, 0.6, 2, 3, 3)], [])),
        var path when path.EndsWith("cells", StringComparison.Ordinal) => Json(new RiskCells(
            "s", null, 7, "crisp", "m", Statement, "digest", Assumptions, ["T1", "T2"], 0.125, [Cell], [])),
        var path when path.EndsWith("paper", StringComparison.Ordinal) => Json(new RiskPaper(
            "s", null, 7, "crisp", "m", Statement, "digest", Assumptions, [new("They share.", "holds-partly", 1.5, "In words.")])),
        var path when path.EndsWith("openpsa", StringComparison.Ordinal) => "<opsa-mef/>",
        var path when path.EndsWith(":simulate", StringComparison.Ordinal) => Json(new RiskSimulation(
            "s", null, 7, "rohl-1", "m", Statement, "digest", Assumptions, new SimulateRequest(), Risk(0.25), Risk(0.5),
            new NeededLayers(2, 0.4, 0.3, [1, 0.4, 0.2]), [new("shared-failure-modes", "Words.", 0.25, 0.1, null)], [Mode], [Worth], [],
            [Cell], new PortfolioSpread(new(7, 100, "mode", "g", "d", 2, 0), 0.25, 0.1, new(0.1, 0.2, 0.25, 0.3, 0.4)), [])),
        _ => Json(new PortfolioReport(
            "s", null, 7, "rohl-1", "m", Statement, "digest", Assumptions, Risk(0.25), [Mode], [0.1, 0.3], [1, 0.5, 0.25], [Worth],
            [new("T2", 0.4, 0.6)], [Pair], [], [], [])),
    }));

    private static RankedPortfolio Ranked => new(["T1", "T2"], 3, 0.125, [0.1, 0.2]);

    private static TechniquePair Pair => new("T1", "T2", 0.125, 0.5, 0.6, 0.7, 0.8, 0.4, 0.3);

    private static FailureModeImportance Mode => new("M1", 0.1, 0.5, 0.6, 2, 3);

    private static CellLeverage Cell => new("T1", "M1", 0.5, 0.25, [0.1, 0.9], [0.1, 0.2]);

    private static LayerWorth Worth => new("T2", 0.5, 0.25, 0.5);

    private static PortfolioRisk Risk(double joint) =>
        new(null, ["T1", "T2"], joint, joint, joint, 0.1, 1.25, 1.5, [0, 0.2], [joint, joint], 3, false);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
