using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

/// <summary><c>mesh matrix diff</c>, <c>mesh matrix sensitivity</c> and <c>mesh agreement</c>.</summary>
public sealed class ComparingTests
{
    private static readonly ConsensusCell Before = new(
        "T1", "M1", 1, 1, 0.5, 0.2, 0.5, 0.1, 0.9, 0.3, 0.4, 0.3, 0.4, "uncertain", "single_source");

    private static readonly ConsensusCell After = Before with { Mean = 0.75, Lower90 = 0.4, Verdict = "vulnerable", Status = "ok" };

    private static readonly MatrixDiff Diff = new(
        "s", "label", "rohl-1", new(3, "2026-11-23T17:00:00.000000Z", "a"), new(9, "2026-11-23T18:00:00.000000Z", "b"), 1, 1,
        [
            new("T1", "M2", Before with { FailureMode = "M2" }, Before with { FailureMode = "M2", Mean = 0.49 }, -0.01, 0, false, false, 1,
                [4]),
            new("T1", "M1", Before, After, 0.25, -0.3, true, true, 5, [4, 5, 6, 7, 8]),
        ],
        [new("M1", null, new ConsensusQuantity("M1", 0.2, 0.1, 0.3, 2, 2, false), null, 1, [8])], [],
        [new(8, new Guid(1, 0, 0, new byte[8]), "round-closed", null, null, 1, "2026-11-23T17:30:00.123456Z", "abc")]);

    private static readonly AlphaFigures Alphas = new(0.5, 0.4, null, 0.3, [0, 1], [0.1, 0.7], null, [0, 1]);

    private static readonly MatrixAgreement Agreement = new(
        "s", null, 9, "2026-11-23T18:00:00.000000Z", "b", "agreement-1",
        new(4, 3, 5, Alphas, 0.5, 0.6, 0.7, 0.8, new Dictionary<string, string> { ["interval"] = "no_variation" }), [],
        new(4, 3, 2, Alphas, 0.5, 0.6, 0.7, 0.8, new Dictionary<string, string> { ["interval"] = "no_variation" }), new(7, 100, 3));

    private static readonly MatrixSensitivity Sensitivity = new(
        "s", null, 9, "2026-11-23T18:00:00.000000Z", "b", "rohl-1", new(0.5, 0.75, 0.6, 2, 0.5, -1.7, 0, 1.7), 3,
        [
            new("rho", 0.2, false, 3, 1, -0.05, "T1", "M1", [new("T1", "M1", "uncertain", "vulnerable", 0.65, 0.7)]),
            new("rho", 0.5, true, 3, 0, 0, null, null, []),
        ]);

    [Fact]
    public async Task A_diff_shows_before_and_after_with_what_moved_furthest_first_and_the_entries()
    {
        await using var service = await Answering(Diff);
        var ran = await Mesh.RunAsync("matrix", "diff", "s", "3", "9", "--lens", "rohl-1", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/matrix/diff?a=3&b=9&lens=rohl-1", service.Requests.Single().Path);
        Assert.StartsWith("s (label), version 3 to 9, lens rohl-1: 2 cells changed, 1 verdicts\n", ran.Out);
        Assert.Equal(
            ["T1", "M1", "50% to 75%", "+25.0 points", "10-90% to 40-90%", "uncertain to vulnerable", "1 org. to ok", "6 7 8 and 2 more"],
            ran.Rows[1]);
        Assert.Equal(["T1", "M2", "50% to 49%", "-1.0 points", "10-90%", "uncertain", "1 org.", "4"], ran.Rows[2]);
        Assert.Equal(["M1", "- to 0.2", "-", "0 to 2", "8"], ran.Rows[4]);
        Assert.Equal(["8", "round-closed", "-", "-", "1"], ran.Rows[6]);
        Assert.DoesNotContain("Safety taxes", ran.Out);
    }

    [Fact]
    public async Task Without_B_the_newest_version_is_compared_and_a_word_is_no_version()
    {
        await using var service = await Answering(Diff);
        await Mesh.RunAsync("matrix", "diff", "s", "3", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/matrix/diff?a=3", service.Requests.Single().Path);
        Assert.Equal(64, (await Mesh.RunAsync("matrix", "diff", "s", "first", "--url", service.Url)).Code);
        Assert.Equal(64, (await Mesh.RunAsync("matrix", "diff", "s", "--url", service.Url)).Code);
    }

    [Fact]
    public async Task Agreement_has_a_row_for_each_comparison_and_reasons_for_what_is_undefined()
    {
        await using var service = await Answering(Agreement);
        var ran = await Mesh.RunAsync("agreement", "s", "--seed", "7", "--replicates", "100", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/agreement?seed=7&replicates=100", service.Requests.Single().Path);
        Assert.StartsWith("s, version 9\n", ran.Out);
        Assert.Equal(["all raters", "5", "4", "3", "80%", "0.400", "0.100 to 0.700"], ran.Rows[1]);
        Assert.Equal(["organisations", "0.500", "no variation", "0.300", "0.500", "0.600", "0.700"], ran.Rows[5]);
        Assert.Contains("100 resamples of the cells, seed 7, 3 of them without a value.", ran.Error);
    }

    [Fact]
    public async Task Sensitivity_lists_the_variants_and_the_cells_whose_verdict_they_change()
    {
        await using var service = await Answering(Sensitivity);
        var ran = await Mesh.RunAsync("matrix", "sensitivity", "s", "--version", "9", "--url", service.Url);
        Assert.Equal("/api/v1/studies/s/matrix/sensitivity?version=9", service.Requests.Single().Path);
        Assert.Equal(["rho", "0.2", "1 of 3", "-5.0 points", "T1", "M1"], ran.Rows[1]);
        Assert.Equal(["T1", "M1", "rho 0.2", "uncertain", "vulnerable", "65%", "70%"], ran.Rows[^1]);
    }

    [Theory]
    [InlineData("matrix", "diff", "s", "3")]
    [InlineData("matrix", "sensitivity", "s")]
    [InlineData("agreement", "s", "--seed", "7")]
    public async Task As_csv_it_is_what_the_service_writes_and_as_json_what_it_answers(params string[] args)
    {
        await using var service = await FakeService.StartAsync(asked => asked.Path switch
        {
            _ when asked.Path.Contains("format=csv", StringComparison.Ordinal) => new(200, "a,b\r\n1,2\r\n"),
            _ when asked.Path.Contains("diff", StringComparison.Ordinal) => Json(Diff),
            _ when asked.Path.Contains("agreement", StringComparison.Ordinal) => Json(Agreement),
            _ => Json(Sensitivity),
        });
        var csv = await Mesh.RunAsync([.. args, "--format", "csv", "--url", service.Url]);
        Assert.Equal("a,b\r\n1,2\r\n", csv.Out);
        Assert.Matches("[?&]format=csv$", service.Requests.Single().Path);
        foreach (var asked in (string[][])[["--json"], ["--format", "json"]])
        {
            var json = (await Mesh.RunAsync([.. args, .. asked, "--url", service.Url])).Json;
            Assert.Equal("s", json.GetProperty("study").GetString());
        }
    }

    private static Task<FakeService> Answering<T>(T value) => FakeService.StartAsync(_ => Json(value));

    private static Answer Json<T>(T value) => new(200, JsonSerializer.Serialize(value, ContractJson.Options));
}
