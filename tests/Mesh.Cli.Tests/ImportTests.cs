using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class ImportTests
{
    private const int RowsPerRequest = 250;
    private static readonly Dictionary<string, string> WithToken = new() { ["MESH_TOKEN"] = "t" };

    [Fact]
    public async Task Every_row_is_sent_once_in_order_under_the_header_of_the_file()
    {
        await using var intake = await FakeService.StartAsync(Accept);
        var ran = await ImportAsync(intake, File(600));
        Assert.Equal(0, ran.Code);
        Assert.Contains("s: 600 rows accepted", ran.Out);
        Assert.Equal(3, intake.Requests.Count);
        Assert.All(intake.Requests, asked => Assert.StartsWith("rater,technique,failure_mode,best,rationale\n", asked.Body));
        var rows = intake.Requests.SelectMany(asked => asked.Body.Split('\n')[1..^1]).ToArray();
        Assert.Equal(File(600).Split('\n')[1..], rows);
    }

    [Fact]
    public async Task Running_again_uses_the_same_keys_and_another_file_uses_others()
    {
        await using var intake = await FakeService.StartAsync(Accept);
        await ImportAsync(intake, File(600));
        await ImportAsync(intake, File(600));
        var keys = intake.Requests.Select(asked => asked.Key).ToArray();
        Assert.Equal(keys[..3], keys[3..]);
        Assert.Equal(3, keys.Distinct().Count());
        await ImportAsync(intake, File(601));
        Assert.Empty(intake.Requests.Skip(6).Select(asked => asked.Key).Intersect(keys));
    }

    [Fact]
    public async Task Refused_rows_are_named_by_their_place_in_the_whole_file_and_the_exit_code_is_65()
    {
        await using var intake = await FakeService.StartAsync(asked => Result(
            asked, new ImportError(1, "notes", "unknown-column", "'notes' is no column."),
            new ImportError(4, "best", "unreadable", "best is 'x'.")));
        var ran = await ImportAsync(intake, File(2 * RowsPerRequest), "--json");
        Assert.Equal(65, ran.Code);
        var rows = ran.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("row").GetInt32());
        Assert.Equal([1, 4, 4 + RowsPerRequest], rows);
        Assert.Equal(3, ran.Json.GetProperty("rejected").GetInt32());
        Assert.Contains($"row {4 + RowsPerRequest}, best: best is 'x'.", ran.Error);
    }

    [Fact]
    public async Task A_rationale_over_several_lines_stays_in_one_request()
    {
        await using var intake = await FakeService.StartAsync(Accept);
        var file = new StringBuilder("rater,technique,failure_mode,best,rationale\n");
        for (var row = 0; row < RowsPerRequest + 1; row++)
            file.Append($"r{row},T,M,0.5,\"one\ntwo, \"\"three\"\"\"\n");
        await ImportAsync(intake, file.ToString());
        Assert.Equal(2, intake.Requests.Count);
        var sent = intake.Requests.Select((asked, i) => i == 0 ? asked.Body : asked.Body[(asked.Body.IndexOf('\n') + 1)..]);
        Assert.Equal(file.ToString(), string.Concat(sent));
    }

    [Fact]
    public async Task Dry_run_and_atomic_are_passed_on_and_an_atomic_file_is_one_request()
    {
        await using var intake = await FakeService.StartAsync(Accept);
        await ImportAsync(intake, File(600), "--dry-run", "--atomic");
        Assert.Equal("/api/v1/studies/s/ratings:import?dryRun=true&atomic=true", Assert.Single(intake.Requests).Path);
    }

    [Fact]
    public async Task When_a_later_part_fails_it_says_how_far_it_came_and_that_running_again_is_safe()
    {
        await using var intake = await FakeService.StartAsync(asked => asked.Key.EndsWith("-0", StringComparison.Ordinal)
            ? Accept(asked)
            : new Answer(409, """{"type":"/problems/round-closed","title":"Refused: round closed"}"""));
        var ran = await ImportAsync(intake, File(600));
        Assert.Equal(1, ran.Code);
        Assert.Contains("250 of the first 250 rows were accepted before", ran.Error);
        Assert.Contains("Run the same command again", ran.Error);
    }

    private static Task<Ran> ImportAsync(FakeService intake, string file, params string[] more) =>
        Mesh.RunAsync(file, WithToken, ["import", "-", "--study", "s", "--url", intake.Url, .. more]);

    private static string File(int rows) => string.Join(
        '\n', Enumerable.Range(0, rows).Select(row => $"r{row},T,M,0.5,").Prepend("rater,technique,failure_mode,best,rationale"));

    private static Answer Accept(Asked asked) => Result(asked);

    private static Answer Result(Asked asked, params ImportError[] errors)
    {
        var rows = asked.Body.Count(letter => letter == '\n') - 1;
        var result = new ImportResult(false, false, rows - errors.Length, errors.Length, errors, []);
        return new Answer(200, JsonSerializer.Serialize(result, ContractJson.Options));
    }
}
