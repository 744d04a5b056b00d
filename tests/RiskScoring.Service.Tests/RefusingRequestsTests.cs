using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class RefusingRequestsTests(OneHost one) : IClassFixture<OneHost>, IAsyncLifetime
{
    private readonly string _study = one.Servers.Study();

    public Task InitializeAsync() => one.ScoreAsync(_study, 5);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("risk?lens=nonsense", 400, "lens", "nonsense", "rohl-1, crisp")]
    [InlineData("risk?portfolios=some", 400, "portfolios", "some", "main, all")]
    [InlineData("risk?format=xml", 400, "format", "xml", "json, csv")]
    [InlineData("risk?version=newest", 400, "version", "newest", "1 or more")]
    [InlineData("risk?version=-1", 400, "version", "-1", "1 or more")]
    [InlineData("risk?version=6", 404, "version", "6", "1..5")]
    [InlineData("risk/portfolios/RLHF,NO-SUCH", 404, "ids", "NO-SUCH", "ScientistAI")]
    [InlineData("risk/portfolios/RLHF,RE,RLHF", 400, "ids", "RLHF", "once")]
    [InlineData("risk/uncertainty?shared=organisation", 400, "shared", "organisation", "mode, none, all")]
    [InlineData("risk/uncertainty?seed=-1", 400, "seed", "-1", "0..9007199254740991")]
    [InlineData("risk/uncertainty?draws=99", 400, "draws", "99", "100..20000")]
    [InlineData("risk/uncertainty?draws=many", 400, "draws", "many", "100..20000")]
    [InlineData("risk/uncertainty?portfolio=RLHF,NO-SUCH", 404, "portfolio", "NO-SUCH", "ScientistAI")]
    [InlineData("risk/uncertainty?lens=nonsense", 400, "lens", "nonsense", "rohl-1, crisp")]
    [InlineData("risk/versions?limit=0", 400, "limit", "0", "1..1000")]
    public async Task A_problem_names_field_value_and_what_is_allowed(string path, int status, string field, string value, string allowed)
    {
        using var answer = await one.Host.RawAsync($"studies/{_study}/{path}");
        await AssertProblemAsync(answer, status, field, value, allowed);
    }

    [Theory]
    [InlineData("risk")]
    [InlineData("risk?version=3")]
    [InlineData("risk/uncertainty")]
    [InlineData("risk/versions")]
    public async Task An_unknown_study_is_a_problem(string path)
    {
        using var answer = await one.Host.RawAsync($"studies/no-such-study/{path}");
        await AssertProblemAsync(answer, 404, "study", "no-such-study", "a study");
    }

    [Fact]
    public async Task All_portfolios_of_more_than_twelve_techniques_are_a_problem()
    {
        var wide = one.Servers.Study();
        await one.Servers.PublishAsync(PaperMatrix.Wide(wide, 1, 13));
        await one.Host.WaitForVersionAsync(wide, 1);
        using var answer = await one.Host.RawAsync($"studies/{wide}/risk?portfolios=all");
        await AssertProblemAsync(answer, 422, "portfolios", "13", "at most 12");
        Assert.Equal(14, (await one.Host.GetAsync<RiskReport>($"studies/{wide}/risk")).Portfolios.Count);
    }

    [Fact]
    public async Task Without_matrix_aggregation_stored_versions_answer_and_others_say_try_again()
    {
        await using var alone = await RiskHost.StartAsync(one.Servers, one.Database, new Uri("http://127.0.0.1:1/"));
        using var stored = await alone.RawAsync($"studies/{_study}/risk?version=5");
        using var portfolio = await alone.RawAsync($"studies/{_study}/risk/portfolios/RE,IDA?version=5");
        using var other = await alone.RawAsync($"studies/{_study}/risk?version=2");
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(HttpStatusCode.OK, portfolio.StatusCode);
        await AssertProblemAsync(other, 503, "version", "2", "risk/versions");
        Assert.NotNull(other.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_forged_matrix_is_not_computed_on_request_either()
    {
        one.Matrix.Keep(PaperMatrix.Of(_study, 3) with { Label = "altered" });
        using var answer = await one.Host.RawAsync($"studies/{_study}/risk?version=3");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public void Every_endpoint_has_a_named_policy()
    {
        var endpoints = one.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).ToArray();
        Assert.Contains(endpoints, endpoint => endpoint.DisplayName!.Contains("/api/v1/studies/{study}/risk", StringComparison.Ordinal));
        Assert.All(endpoints, endpoint => Assert.NotEmpty(
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>()));
    }

    [Fact]
    public async Task Every_problem_type_has_a_page_and_every_read_is_described()
    {
        var types = await one.Host.GetAsync<ProblemType[]>("/problems");
        Assert.All(RiskProblems.All, type => Assert.Contains(type, types));
        using var document = JsonDocument.Parse(await one.Host.Http.GetStringAsync("/openapi/v1.json"));
        var reads = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/v1", StringComparison.Ordinal)
                && !path.Name.Contains("/operations/", StringComparison.Ordinal))
            .Select(path => path.Value.GetProperty("get")).ToArray();
        Assert.Equal(5, reads.Length);
        Assert.All(reads, read => Assert.True(read.TryGetProperty("summary", out _) && read.TryGetProperty("description", out _)));
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
