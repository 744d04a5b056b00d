using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class GuardingUnreleasedTests(IntakeMesh mesh)
{
    private readonly AuditScene _scene = new(mesh);

    [Theory]
    [InlineData("issuer", "text-missing")]
    [InlineData("subject", "text-too-long")]
    [InlineData("reason", "text-missing")]
    [InlineData("until", "until-out-of-range")]
    public async Task A_proposal_that_is_refused_names_its_field_and_is_not_recorded(string field, string reason)
    {
        var study = await _scene.BlindAsync();
        using var answer = await _scene.Manager("mia").PostAsync($"studies/{study}/audit-grants", field switch
        {
            "issuer" => AuditScene.Grant with { Issuer = "" },
            "subject" => AuditScene.Grant with { Subject = new string('i', 301) },
            "reason" => AuditScene.Grant with { Reason = " " },
            _ => AuditScene.Grant with { Until = AuditScene.Now.AddDays(31) },
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("/problems/" + reason, problem.GetProperty("type").GetString());
        var refusal = problem.GetProperty("refusals")[0];
        Assert.Equal(field, refusal.GetProperty("field").GetString());
        Assert.NotEmpty(refusal.GetProperty("allowed").GetString()!);
        Assert.Empty((await _scene.LogAsync(study)).Records);
    }

    [Theory]
    [InlineData("unreleased?round=0", "round")]
    [InlineData("unreleased?round=1&from=-1", "from")]
    [InlineData("unreleased?round=1&limit=257", "limit")]
    [InlineData("audit-access?limit=0", "limit")]
    [InlineData("audit-access?before=0", "before")]
    public async Task A_parameter_out_of_range_is_named(string path, string field)
    {
        using var answer = await mesh.As("owner", "mia", "round-manager", "auditor").RawAsync($"studies/any/{path}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"field\":\"{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_grant_a_study_that_is_there_looks_like_one_that_is_not()
    {
        var study = await _scene.BlindAsync();
        async Task<string> AskAsync(string name)
        {
            using var answer = await _scene.Auditor.RawAsync($"studies/{name}/unreleased?round=1");
            Assert.Equal((HttpStatusCode.NotFound, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            return string.Join('\n', problem.EnumerateObject().Where(field => field.Name != "traceId").Select(field => field.ToString()))
                .Replace(name, "STUDY", StringComparison.Ordinal);
        }

        Assert.Equal(await AskAsync("nowhere"), await AskAsync(study));
    }

    [Theory]
    [InlineData("audit-grants", HttpStatusCode.NotFound, "unknown-study")]
    [InlineData("audit-grants/1:confirm", HttpStatusCode.NotFound, "unknown-study")]
    [InlineData("audit-grants/1:revoke", HttpStatusCode.NotFound, "unknown-study")]
    [InlineData("audit-access", HttpStatusCode.NotFound, "unknown-study")]
    public async Task A_study_that_is_not_there_is_a_404(string path, HttpStatusCode status, string type)
    {
        using var answer = path == "audit-access"
            ? await _scene.Manager("mia").RawAsync($"studies/nowhere/{path}")
            : await _scene.Manager("mia").PostAsync($"studies/nowhere/{path}", path == "audit-grants" ? AuditScene.Grant : new object());
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(type, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("rater", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("org-admin", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("auditor", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("round-manager", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Who_is_not_the_owner_s_round_manager_grants_nothing_and_who_is_no_auditor_reads_nothing(
        string role, HttpStatusCode managing, HttpStatusCode reading)
    {
        var study = await _scene.BlindAsync();
        var grant = await _scene.GrantedAsync(study);
        var eve = role.Length == 0 ? mesh.As("", "") : mesh.As("lab-a", "eve", role);
        foreach (var (path, body) in new (string, object)[]
        {
            ("audit-grants", AuditScene.Grant), ($"audit-grants/{grant}:confirm", new { }), ($"audit-grants/{grant}:revoke", new { }),
        })
        {
            using var answer = await eve.PostAsync($"studies/{study}/{path}", body);
            Assert.Equal(managing, answer.StatusCode);
        }

        using var log = await eve.RawAsync($"studies/{study}/audit-access");
        using var read = await eve.RawAsync($"studies/{study}/unreleased?round=1");
        Assert.Equal((managing, reading), (log.StatusCode, read.StatusCode));
        Assert.Equal(2, (await _scene.LogAsync(study)).Records.Count);
    }
}
