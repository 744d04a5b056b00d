using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Operating;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class OperatingTests
{
    private static readonly DeadLetter Error = new(
        "id-1", "matrix-aggregation_error", "LedgerExtended", "System.Text.Json.JsonException", "2026-11-24T10:00:00Z", "s", 3, 8, 512, 5,
        1, new Dictionary<string, string> { ["MT-Fault-RetryCount"] = "5" });

    [Fact]
    public async Task Errors_are_listed_by_service_and_shown_with_their_headers()
    {
        await using var service = await Answering(asked => asked.Path.Contains("/errors/", StringComparison.Ordinal)
            ? Json(Error)
            : Json(new DeadLetterList("matrix-aggregation", Error.Queue, 7, [Error with { Headers = null }])));
        var listed = await RunAsync(service, "ops", "errors", "list", "--service", "matrix-aggregation", "--limit", "1");
        Assert.Equal("/api/v1/operations/errors?kind=error&limit=1", service.Requests.Single().Path);
        Assert.Equal("Bearer the-token", service.Requests.Single().Authorization);
        Assert.Equal(["id-1", "JsonException", "2026-11-24T10:00:00", "s", "3..8", "1"], listed.Rows[1]);
        Assert.Contains("1 of 7 shown", listed.Error);
        var shown = await RunAsync(service, "ops", "errors", "show", "id-1");
        Assert.Contains(["MT-Fault-RetryCount", "5"], shown.Rows);
    }

    [Fact]
    public async Task Replaying_sends_what_was_chosen_and_says_what_is_left()
    {
        await using var service = await Answering(_ =>
            Json(new DeadLettersChanged("risk-scoring", "risk-scoring_error", true, ["a", "b"], 4)));
        var ran = await RunAsync(service, "ops", "errors", "replay", "--all", "--service", "risk-scoring", "--limit", "2", "--dry-run");
        var sent = JsonSerializer.Deserialize<ReplayErrorsRequest>(service.Requests.Single().Body, ContractJson.Options);
        Assert.Equal(new ReplayErrorsRequest(null, "error", 2, true), sent);
        Assert.Equal("a\nb\n", ran.Out.ReplaceLineEndings("\n"));
        Assert.Contains("2 would be replayed, 4 left", ran.Error);
    }

    [Theory]
    [InlineData("errors", "replay", "--service", "risk-scoring")]
    [InlineData("errors", "replay", "id", "--all", "--service", "risk-scoring")]
    [InlineData("errors", "discard", "id", "--service", "risk-scoring")]
    [InlineData("errors", "discard", "--all", "--service", "risk-scoring", "--reason", "r")]
    [InlineData("errors", "list", "--limit", "0")]
    [InlineData("errors", "list", "--kind", "lost")]
    [InlineData("subscription", "rewind", "s")]
    [InlineData("queues", "--service", "portal")]
    public async Task What_is_not_clear_is_a_usage_error_and_nothing_is_sent(params string[] args)
    {
        await using var service = await Answering(_ => Json(Error));
        var ran = await RunAsync(service, ["ops", .. args]);
        Assert.Equal(64, ran.Code);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Queues_that_need_somebody_end_with_3_and_say_what_to_do()
    {
        await using var service = await Answering(_ => Json(new QueueList(
            "risk-scoring",
            [
                new QueueState("risk-scoring", "consumed", true, 0, 1, "mesh@here", "ok", null),
                new QueueState("risk-scoring_error", "error", true, 2, 0, "", "messages", "Look at them."),
            ])));
        var ran = await RunAsync(service, "ops", "queues", "--service", "risk-scoring");
        Assert.Equal(3, ran.Code);
        Assert.Equal(["risk-scoring", "consumed", "ok", "0", "1", "mesh@here"], ran.Rows[1]);
        Assert.Contains("risk-scoring_error: Look at them.", ran.Error);
    }

    [Theory]
    [InlineData("equal", 0)]
    [InlineData("replaced", 0)]
    [InlineData("different", 3)]
    [InlineData("failed", 75)]
    public async Task A_rebuild_tells_its_progress_line_by_line_and_ends_by_its_result(string state, int code)
    {
        var line = new RebuildLine("s", "folding", 256, 300, 2, 0.1, 2560, 0, 0, null, null, null, null);
        var last = line with { State = state, Entries = 300, Root = "r", Digest = "d" };
        await using var service = await Answering(_ => new Answer(200, Json(line).Content + "\n" + Json(last).Content + "\n"));
        var ran = await RunAsync(service, "ops", "rebuild", "s", "--dry-run", "--json");
        Assert.Equal((code, state), (ran.Code, ran.Json.GetProperty("state").GetString()));
        Assert.Equal("/api/v1/operations/studies/s:rebuild", service.Requests.Single().Path);
        Assert.Contains("256 of 300 entries folded", ran.Error);
    }

    [Fact]
    public async Task A_rebuild_that_ends_without_a_result_is_to_be_tried_again()
    {
        var line = new RebuildLine("s", "folding", 256, 300, 2, 0.1, 2560, 0, 0, null, null, null, null);
        await using var service = await Answering(_ => Json(line));
        var ran = await RunAsync(service, "ops", "rebuild", "s");
        Assert.Equal(75, ran.Code);
        Assert.Contains("mesh ops log", ran.Error);
    }

    [Fact]
    public async Task The_log_of_all_services_is_one_with_the_newest_first()
    {
        var (older, newer) = (Record("2026-11-24T10:00:00.000000Z"), Record("2026-11-24T11:00:00.000000Z") with { DryRun = true });
        await using var service = await Answering(_ => Json(new OperationLogPage("risk-scoring", [newer, older], null)));
        var ran = await RunAsync(service, "ops", "log", "--service", "risk-scoring");
        Assert.Equal([newer.At, "risk-scoring", "oscar", "rebuild (dry run)", "study=s", "equal"], ran.Rows[1]);
        Assert.Equal(older.At, ran.Rows[2][0]);
    }

    [Fact]
    public void Services_that_agree_are_consistent() => Assert.True(Compare().Consistent);

    [Fact]
    public void Each_step_that_lags_or_differs_is_named_with_what_to_do()
    {
        Assert.Contains("2 entries are not published", Finding(Compare(published: 8)));
        Assert.Contains("the matrix lacks 3 entries", Finding(Compare(folded: 7)));
        Assert.Contains("mesh ops rebuild s", Finding(Compare(root: "other")));
        Assert.Contains("risk has scored version 4 of 10", Finding(Compare(scored: 4)));
        Assert.Contains("risk scored another matrix", Finding(Compare(digest: "other")));
        Assert.Contains("1 events have no ledger entry", Compare(missing: 1).Findings.Single());
    }

    private static string Finding(Reconciled reconciled)
    {
        Assert.False(reconciled.Consistent);
        return reconciled.Studies.Single().Findings.Single();
    }

    private static Reconciled Compare(
        long published = 10, long folded = 10, string root = "root", long scored = 10, string digest = "digest", int missing = 0) =>
        Reconciliation.Compare(
            new Positions(
                new IntakeProgress(10, 10, true, true, [new PublishedLedger("s", 10, "root", published)]),
                new MatrixProgress(true, true, [new FoldedLedger("s", folded, root, folded, "digest", folded, 10)]),
                new RiskProgress(true, [new ScoredStudy("s", folded, "digest", Math.Min(scored, folded), digest)])),
            new LedgerCheck(true, [.. Enumerable.Range(1, missing).Select(n => new Guid(n, 0, 0, new byte[8]))], [], 0),
            new Dictionary<string, string> { ["s"] = "root" }, null);

    private static OperationRecord Record(string at) => new(
        new Guid(1, 0, 0, new byte[8]), at, "issuer", "oscar", "rebuild", new Dictionary<string, string> { ["study"] = "s" }, false,
        "equal");

    private static Task<Ran> RunAsync(FakeService service, params string[] args) => Mesh.RunAsync(
        "",
        new Dictionary<string, string>
        {
            ["MESH_TOKEN"] = "the-token",
            ["MESH_INTAKE_URL"] = service.Url,
            ["MESH_MATRIX_URL"] = service.Url,
            ["MESH_RISK_URL"] = service.Url,
        },
        args);

    private static Task<FakeService> Answering(Func<Asked, Answer> answer) => FakeService.StartAsync(answer);

    private static Answer Json<T>(T value) => new(200, JsonSerializer.Serialize(value, ContractJson.Options));
}
