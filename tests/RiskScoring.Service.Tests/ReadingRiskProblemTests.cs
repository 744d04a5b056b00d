using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.RiskScoring.Service.Tests;

public sealed partial class ReadingRiskTests
{
    [Theory]
    [InlineData("risk?lens=nonsense", 400, "lens", "nonsense", "rohl-1, crisp")]
    [InlineData("risk?portfolios=some", 400, "portfolios", "some", "main, all")]
    [InlineData("risk?format=xml", 400, "format", "xml", "json, csv")]
    [InlineData("risk?version=newest", 400, "version", "newest", "1 or more")]
    [InlineData("risk?version=-1", 400, "version", "-1", "1 or more")]
    [InlineData("risk?version=6", 404, "version", "6", "1..5")]
    [InlineData("risk/portfolios/RLHF,NO-SUCH", 404, "ids", "NO-SUCH", "ScientistAI")]
    [InlineData("risk/portfolios/RLHF,RE,RLHF", 400, "ids", "RLHF", "once")]
    [InlineData("risk/versions?limit=0", 400, "limit", "0", "1..1000")]
    public async Task A_problem_names_field_value_and_what_is_allowed(string path, int status, string field, string value, string allowed)
    {
        using var answer = await _host.RawAsync($"studies/{_study}/{path}");
        await AssertProblemAsync(answer, status, field, value, allowed);
    }

    [Theory]
    [InlineData("risk")]
    [InlineData("risk?version=3")]
    [InlineData("risk/versions")]
    public async Task An_unknown_study_is_a_problem(string path)
    {
        using var answer = await _host.RawAsync($"studies/no-such-study/{path}");
        await AssertProblemAsync(answer, 404, "study", "no-such-study", "a study");
    }

    [Fact]
    public async Task All_portfolios_of_more_than_twelve_techniques_are_a_problem()
    {
        var wide = servers.Study();
        await servers.PublishAsync(PaperMatrix.Wide(wide, 1, 13));
        await _host.WaitForVersionAsync(wide, 1);
        using var answer = await _host.RawAsync($"studies/{wide}/risk?portfolios=all");
        await AssertProblemAsync(answer, 422, "portfolios", "13", "at most 12");
        Assert.Equal(14, (await _host.GetAsync<RiskReport>($"studies/{wide}/risk")).Portfolios.Count);
    }

    [Fact]
    public async Task Without_matrix_aggregation_stored_versions_answer_and_others_say_try_again()
    {
        await _matrix.DisposeAsync();
        using var stored = await _host.RawAsync($"studies/{_study}/risk?version=5");
        using var portfolio = await _host.RawAsync($"studies/{_study}/risk/portfolios/RE,IDA?version=5");
        using var other = await _host.RawAsync($"studies/{_study}/risk?version=2");
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(HttpStatusCode.OK, portfolio.StatusCode);
        await AssertProblemAsync(other, 503, "version", "2", "risk/versions");
        Assert.NotNull(other.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_forged_matrix_is_not_computed_on_request_either()
    {
        _matrix.Keep(PaperMatrix.Of(_study, 3) with { Label = "altered" });
        using var answer = await _host.RawAsync($"studies/{_study}/risk?version=3");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string field, string value, string allowed)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
        Assert.Contains(value, problem.RootElement.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Contains(allowed, problem.RootElement.GetProperty("allowed").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("/problems/", problem.RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
    }
}
