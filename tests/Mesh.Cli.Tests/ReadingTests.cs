using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class ReadingTests
{
    private static readonly ConsensusCell Rated = new(
        "T1", "M1", 3, 2, 0.675323900552839, 0.2, 0.7, 0.24, 0.94, 0.1, 0.3, 0.6, 0.4, "vulnerable", "contested");

    private static readonly ConsensusCell Unrated =
        new("T1", "M2", 0, 0, null, null, null, null, null, null, null, null, null, null, "no_data");

    private static readonly MatrixView Matrix = new(
        "s", "synthetic example", 7, "root", "2026-11-23T17:00:00.000000Z", "rohl-1", "rohl-1", "digest", true, 1, 2,
        [new("T1", "Technique", "d")], [new("M1", "Mode", "d"), new("M2", "Mode", "d")], [], [], [], [Rated, Unrated]);

    [Fact]
    public async Task The_matrix_shows_techniques_as_rows_with_per_cent_interval_and_status_and_the_label()
    {
        await using var service = await Answering(Matrix);
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--version", "7", "--lens", "rohl-1", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/matrix?version=7&lens=rohl-1", service.Requests.Single().Path);
        Assert.StartsWith("s (synthetic example), version 7, lens rohl-1, 1 of 2 cells rated\n", ran.Out);
        Assert.Equal(["technique", "M1", "M2"], ran.Rows[0]);
        Assert.Equal(["T1", "68% 24-94% contested", "- no data"], ran.Rows[1]);
    }

    [Fact]
    public async Task Below_the_matrix_stands_what_it_rests_on_and_where_its_raters_differ()
    {
        var view = Matrix with
        {
            Overview = new(
                new(2, 1, 0, 1, 0, 2, 0, 1, 0, 2, 3), new("agreement-1", 1, 0.5, 0.412, 0.5, 0.5, null, new Dictionary<string, string>()),
                [new("T1", "M1", new(0.2, 0.1, 0.3, 0.5), "vulnerable", "contested", 2, 3)], []),
        };
        await using var service = await Answering(view);
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--lens", "median", "--url", service.Url);
        Assert.EndsWith("lens=median", service.Requests.Single().Path);
        Assert.Contains("3 raters of 2 organisations; 0 cells by one organisation only, 1 contested, 0 with stale ratings.\n", ran.Out);
        Assert.Contains("Agreement of verdicts: alpha 0.41 of raters.\n", ran.Out);
        Assert.Contains("Raters differ most in T1 x M1 (0.30).\n", ran.Out);
    }

    [Fact]
    public async Task As_csv_every_cell_is_a_row_with_all_digits()
    {
        await using var service = await Answering(Matrix);
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--format", "csv", "--url", service.Url);
        var lines = ran.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("s,7,rohl-1,T1,M1,contested,vulnerable,3,2,0.675323900552839,0.2,0.7,0.24,0.94,0.1,0.3,0.6,0.4", lines[1]);
        Assert.Equal("s,7,rohl-1,T1,M2,no_data,,0,0,,,,,,,,,", lines[2]);
    }

    [Fact]
    public async Task As_json_it_is_what_the_service_answered()
    {
        await using var service = await Answering(Matrix);
        var ran = await Mesh.RunAsync("matrix", "show", "s", "--json", "--url", service.Url);
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(Matrix, ContractJson.Options), ran.Json));
    }

    [Fact]
    public async Task Risk_shows_the_headline_with_crisp_beside_it_and_what_it_takes_for_granted()
    {
        await using var service = await FakeService.StartAsync(asked =>
            Json(asked.Path.Contains("crisp") ? Risk("crisp", null) : Risk("rohl-1", 0.25)));
        var ran = await Mesh.RunAsync("risk", "show", "s", "--url", service.Url);
        Assert.Equal(
            ["/api/v1/studies/s/risk?lens=rohl-1", "/api/v1/studies/s/risk?version=7&lens=crisp"],
            service.Requests.Select(asked => asked.Path));
        Assert.Equal(["portfolio", "joint", "crisp", "cells independent"], ran.Rows[0][..4]);
        Assert.Equal(["T1+T2", "0.25", "0.125", "0.125"], ran.Rows[1][..4]);
        Assert.Contains("Expert judgement", ran.Out);
        Assert.Contains("Likelihood assumed, since nobody rated it: M1.", ran.Out);
    }

    private static RiskReport Risk(string lens, double? shared) => new(
        "s", null, 7, lens, "shared-failure-modes-1", "Expert judgement, not an observed frequency.", "digest",
        new RiskAssumptions("shared-failure-modes", 0.01, ["M1"], []),
        [new PortfolioRisk(null, ["T1", "T2"], 0.125, shared, 0.13, 0.1, 1.25, 1.5, [0, 0.2], [0.125, 0.125], null, false)],
        [new FailureModeImportance("M1", 0.1, 0.5, 0.6, 2, 3)], "digest", true);

    private static Task<FakeService> Answering<T>(T value) => FakeService.StartAsync(_ => Json(value));

    private static Answer Json<T>(T value) => new(200, JsonSerializer.Serialize(value, ContractJson.Options));
}
