using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class OfflineUncertaintyTests
{
    private static readonly JsonElement Paper = Mesh.Vector("paper_b.json");

    /// <summary>The paper's table with x ~ Beta(9, 1), ok ~ Beta(1, 19), ? ~ Beta(1, 1).</summary>
    private static string Model => JsonSerializer.Serialize(new
    {
        techniques = Paper.GetProperty("techniques"),
        failureModes = Paper.GetProperty("modes").EnumerateArray().Select(mode => new { id = mode.GetString(), likelihood = 0.1 }),
        vulnerability = Paper.GetProperty("V").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => new
        {
            beta = cell.GetDouble() switch { 0.9 => new[] { 9, 1 }, 0.05 => [1, 19], _ => [1, 1] },
        })),
    });

    [Fact]
    public async Task The_json_has_the_published_distribution_of_all_seven()
    {
        var ran = await Mesh.PipeAsync(Model, "risk", "-", "--uncertainty", "--shared", "none", "--seed", "7", "--json");
        Assert.Equal(0, ran.Code);
        var uncertainty = ran.Json.GetProperty("uncertainty");
        var sampling = uncertainty.GetProperty("sampling");
        Assert.Equal((7, 10_000, 49, "none"), (
            sampling.GetProperty("seed").GetInt64(), sampling.GetProperty("draws").GetInt32(),
            sampling.GetProperty("uncertainCells").GetInt32(), sampling.GetProperty("shared").GetString()));
        Assert.Equal(127, uncertainty.GetProperty("portfolios").GetArrayLength());
        var all = uncertainty.GetProperty("portfolios").EnumerateArray().Last();
        Assert.Equal(0.023577387944784416, all.GetProperty("mean").GetDouble(), 1e-15);
        Assert.Equal(0.004871796234682043, all.GetProperty("sd").GetDouble(), 0.004871796234682043 * 0.04);
        Assert.Equal(0.0160258891861687, all.GetProperty("quantiles").GetProperty("p05").GetDouble(), 0.0004);
        Assert.Equal(0.0319458845464334, all.GetProperty("quantiles").GetProperty("p95").GetDouble(), 0.0006);
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_bytes_and_another_does_not()
    {
        async Task<string> WithSeed(string seed) =>
            (await Mesh.PipeAsync(Model, "risk", "-", "--uncertainty", "--draws", "500", "--seed", seed, "--json")).Out;
        var first = await WithSeed("3");
        Assert.Equal(first, await WithSeed("3"));
        Assert.NotEqual(first, await WithSeed("4"));
    }

    [Fact]
    public async Task The_tables_say_what_is_best_how_sure_the_modes_are_and_what_moves_the_risk()
    {
        var ran = await Mesh.PipeAsync(Model, "risk", "-", "--uncertainty", "--portfolio", "Debate,RE");
        var rows = ran.Rows.SkipWhile(row => row is not [_, "mean", ..]).ToArray();
        Assert.Equal(["portfolio", "mean", "sd", "5%", "median", "95%", "first of its size", "mean place", "of"], rows[0]);
        Assert.Equal(("Debate+RE", "21"), (rows[1][0], rows[1][^1]));
        Assert.Contains(rows, row => row is ["failure mode", "criticality 5%", ..]);
        Assert.Contains(rows, row => row is ["mode", "AL-GEN", ..]);
        Assert.Contains("10000 draws, seed 1, uncertainty shared by mode, of 49 cells and 0 likelihoods", ran.Error);
    }

    [Fact]
    public async Task Of_a_study_the_service_is_asked_for_the_headline_and_for_crisp_beside_it()
    {
        await using var service = await FakeService.StartAsync(asked => new Answer(200, JsonSerializer.Serialize(
            Answered(asked.Path.Contains("crisp", StringComparison.Ordinal) ? "crisp" : "rohl-1"), ContractJson.Options)));
        var ran = await Mesh.RunAsync(
            "risk", "uncertainty", "s", "--portfolio", "A,B", "--seed", "4", "--shared", "all", "--url", service.Url);
        Assert.Equal(
            [
                "/api/v1/studies/s/risk/uncertainty?lens=rohl-1&portfolio=A%2CB&seed=4&shared=all",
                "/api/v1/studies/s/risk/uncertainty?version=7&lens=crisp&portfolio=A%2CB&seed=4&shared=all",
            ],
            service.Requests.Select(asked => asked.Path));
        Assert.StartsWith("s, version 7, lens rohl-1, method m\n", ran.Out);
        Assert.Equal(["portfolio", "mean", "crisp", "sd"], ran.Rows[0][..4]);
        Assert.Equal(["A+B", "0.25", "0.125", "0.1"], ran.Rows[1][..4]);
        Assert.Equal("0.2 to 0.3", ran.Rows[1][^1]);
        Assert.Contains("Expert judgement", ran.Out);
        Assert.Contains("100 draws, seed 4, uncertainty shared by all", ran.Error);
    }

    private static RiskUncertainty Answered(string lens) => new(
        "s", null, 7, lens, "m", "Expert judgement.", "digest", new RiskAssumptions("shared-failure-modes", 0.01, [], []),
        new UncertaintyFigures(
            new UncertaintySampling(4, 100, "all", "g", "d", 2, 0),
            [
                new PortfolioUncertainty(
                    null, ["A", "B"], lens == "crisp" ? 0.125 : 0.25, 0.25, 0.1, new UncertaintyQuantiles(0.1, 0.2, 0.25, 0.3, 0.4),
                    1, [1], 1, null, [0.2, 0.3]),
            ],
            [], ["A", "B"], [], []));

    [Theory]
    [InlineData("'--seed' needs '--uncertainty'.", 64, "--seed", "1")]
    [InlineData("'--shared' is rater; allowed: none, mode, organisation, all.", 64, "--uncertainty", "--shared", "rater")]
    [InlineData("draws is 7; allowed: 100..100000", 65, "--uncertainty", "--draws", "7")]
    [InlineData("seed is -1; allowed: 0..9007199254740991.", 65, "--uncertainty", "--seed", "-1")]
    [InlineData("shared is organisation; allowed: none, mode or all", 65, "--uncertainty", "--shared", "organisation")]
    public async Task What_cannot_be_drawn_is_refused_with_what_is_allowed(string message, int code, params string[] options)
    {
        var ran = await Mesh.PipeAsync(Model, ["risk", "-", .. options]);
        Assert.Equal(code, ran.Code);
        Assert.Contains(message, ran.Error);
        Assert.Empty(ran.Out);
    }
}
