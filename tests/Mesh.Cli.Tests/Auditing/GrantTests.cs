using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit grant, confirm, revoke, access, unreleased</c>.</summary>
public sealed class GrantTests
{
    private const string At = "2026-11-25T17:00:00.123456Z";

    private static readonly AuditGrant Grant = new(
        "https://issuer.example", "ines", new DateTimeOffset(2026, 11, 30, 17, 0, 0, TimeSpan.Zero), "Audit of\nround 1.");

    private static readonly AuditAccessRecord Proposed = new(3, At, "proposed", 3, "https://issuer.example", "mia", Proposed: Grant);

    [Fact]
    public async Task A_grant_is_proposed_as_it_was_typed_and_the_next_step_is_said()
    {
        await using var service = await AnsweringAsync(Proposed);
        var ran = await RunAsync(
            service, "audit", "grant", "s", "--issuer", Grant.Issuer, "--subject", "ines", "--until", "2026-11-30T18:00:00+01:00",
            "--reason", Grant.Reason);
        Assert.Equal((0, "s: grant 3 proposed by mia, 2026-11-25T17:00:00Z"), (ran.Code, ran.Out.Trim()));
        Assert.Contains("mesh audit confirm s 3", ran.Error);
        var asked = service.Requests.Single();
        Assert.Equal(("POST", "/api/v1/studies/s/audit-grants", "Bearer the-token"), (asked.Method, asked.Path, asked.Authorization));
        Assert.Equal(Grant, JsonSerializer.Deserialize<AuditGrant>(asked.Body, ContractJson.Options));
    }

    [Theory]
    [InlineData("confirm", "confirmed")]
    [InlineData("revoke", "revoked")]
    public async Task A_grant_is_confirmed_or_revoked_by_its_number(string command, string action)
    {
        await using var service = await AnsweringAsync(new AuditAccessRecord(4, At, action, 3, "https://issuer.example", "nora"));
        var ran = await RunAsync(service, "audit", command, "s", "3", "--json");
        Assert.Equal((0, action), (ran.Code, ran.Json.GetProperty("action").GetString()));
        Assert.Equal($"/api/v1/studies/s/audit-grants/3:{command}", service.Requests.Single().Path);
    }

    [Theory]
    [InlineData("audit", "grant", "s", "--issuer", "i", "--subject", "s", "--until", "tomorrow", "--reason", "r")]
    [InlineData("audit", "grant", "s", "--issuer", "i", "--subject", "s", "--reason", "r")]
    [InlineData("audit", "confirm", "s", "third")]
    [InlineData("audit", "access", "s", "--limit", "257")]
    [InlineData("audit", "unreleased", "s")]
    public async Task What_is_not_clear_is_a_usage_error_and_nothing_is_sent(params string[] args)
    {
        await using var service = await AnsweringAsync(Proposed);
        Assert.Equal(64, (await RunAsync(service, args)).Code);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task The_access_log_is_a_table_that_says_who_did_what_and_how_to_go_on()
    {
        var read = new AuditAccessRecord(4, At, "read", 3, "https://issuer.example", "ines", Read: new(1, 0, 17, 12));
        var none = read with { Number = 5, Read = new(2, 7, null, 0) };
        await using var service = await AnsweringAsync(new AuditAccessLog("s", [none, read, Proposed], Next: 3));
        var ran = await RunAsync(service, "audit", "access", "s", "--before", "6", "--limit", "3");
        Assert.Equal("/api/v1/studies/s/audit-access?before=6&limit=3", service.Requests.Single().Path);
        Assert.Equal(
            ["5", "2026-11-25T17:00:00Z", "ines", "https://issuer.example", "read", "3", "round 2, 0 entries from 7"], ran.Rows[1]);
        Assert.Equal("round 1, 12 entries from 0 to 17", ran.Rows[2][^1]);
        Assert.Equal("ines of https://issuer.example until 2026-11-30T17:00:00Z: Audit of round 1.", ran.Rows[3][^1]);
        Assert.Contains("--before 3", ran.Error);
    }

    [Fact]
    public async Task What_is_not_released_is_read_page_by_page_and_checked_against_the_ledger()
    {
        await using var mesh = await FakeMesh.StartAsync("blind");
        mesh.Ledger.RatedBy(4);
        mesh.Ledger.Append(new RatingsWithdrawn(1, true, [new("RLHF", "COLL")]), "lab-a", "rater-0");
        mesh.Granted = true;
        var ran = await ReadAsync(mesh);
        Assert.True(ran.Code == 0, ran.Error);
        Assert.Equal(6, ran.Rows.Length);
        Assert.Equal(["4", "2026-03-01T09:00:04Z", "lab-a", "rater-0", "RLHF", "COLL", "-", "0.05", "-", "-", "-"], ran.Rows[1]);
        Assert.Equal(["8", "2026-03-01T09:00:08Z", "lab-a", "rater-0", "RLHF", "COLL", "withdrawn", "-", "-", "-", "-"], ran.Rows[5]);
        Assert.Contains("5 entries, each what its leaf in the ledger commits to", ran.Error);
        var json = await ReadAsync(mesh, "--json");
        Assert.Equal(5, json.Json.GetProperty("openings").GetArrayLength());

        mesh.Tamper = (path, answer) => path.Contains("unreleased", StringComparison.Ordinal)
            ? answer.Replace("0.42", "0.43", StringComparison.Ordinal) : answer;
        var forged = await ReadAsync(mesh);
        Assert.Equal((1, ""), (forged.Code, forged.Out));
        Assert.Contains("entry 5 says something else than its leaf commits to", forged.Error);
    }

    [Fact]
    public async Task Without_a_grant_nothing_is_read()
    {
        await using var mesh = await FakeMesh.StartAsync("blind");
        mesh.Ledger.RatedBy(4);
        var ran = await ReadAsync(mesh);
        Assert.Equal((1, ""), (ran.Code, ran.Out));
    }

    private static Task<Ran> ReadAsync(FakeMesh mesh, params string[] more) => Mesh.RunAsync(
        "", new Dictionary<string, string>(mesh.Variables) { ["MESH_TOKEN"] = "the-token" },
        ["audit", "unreleased", "audited", "--round", "1", .. more]);

    private static Task<FakeService> AnsweringAsync<T>(T answer) =>
        FakeService.StartAsync(_ => new Answer(200, JsonSerializer.Serialize(answer, ContractJson.Options)));

    private static Task<Ran> RunAsync(FakeService service, params string[] args) => Mesh.RunAsync(
        "", new Dictionary<string, string> { ["MESH_INTAKE_URL"] = service.Url, ["MESH_TOKEN"] = "the-token" }, args);
}
