using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class OperatingTests(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task Every_operating_endpoint_needs_the_role_operator()
    {
        using var rater = As("rater");
        foreach (var path in new[] { "subscription", "queues", "errors", "errors/x", "log" })
        {
            using var answer = await rater.GetAsync($"operations/{path}");
            using var anonymous = await one.Host.RawAsync($"operations/{path}");
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (answer.StatusCode, anonymous.StatusCode));
        }

        foreach (var (path, body) in new (string, object)[]
        {
            ("studies:pull", new OperationRequest()), ("errors:replay", new ReplayErrorsRequest()),
            ("errors:discard", new DiscardErrorsRequest("r")),
        })
        {
            using var answer = await rater.PostAsync($"operations/{path}", JsonContent.Create(body, options: ContractJson.Options));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_version_that_no_message_brought_is_known_as_not_scored_and_pulled_on_request()
    {
        var study = one.Servers.Study();
        using var caller = As("operator");
        one.Matrix.Publish(PaperMatrix.Of(study, 4));
        var dry = await PostAsync<StudiesPulled>(caller, "operations/studies:pull", new OperationRequest(DryRun: true));
        Assert.All(dry.Studies, pulled => Assert.Equal((pulled.Before, true), (pulled.After, dry.DryRun)));
        var pulled = await PostAsync<StudiesPulled>(caller, "operations/studies:pull", new OperationRequest());
        // The poll may have come first: then nothing is behind any more.
        Assert.All(pulled.Studies, behind => Assert.Equal(behind.Target, behind.After));
        var progress = await GetAsync<RiskProgress>(caller, "operations/subscription");
        var scored = progress.Studies.Single(known => known.Study == study);
        Assert.Equal((4L, 4L, scored.KnownDigest), (scored.Known, scored.Scored, scored.ScoredDigest));
        var log = (await GetAsync<OperationLogPage>(caller, "operations/log")).Operations;
        Assert.Contains(log, record => record is { Action: "studies pull", DryRun: true, Subject: "oscar" });
        Assert.Contains(log, record => record is { Action: "studies pull", DryRun: false });
    }

    [Fact]
    public async Task The_queue_is_seen_with_its_consumer_and_no_error_is_listed()
    {
        using var caller = As("operator");
        var queues = await GetAsync<QueueList>(caller, "operations/queues");
        Assert.Equal("risk-scoring", queues.Service);
        Assert.True(queues.Queues.Single(queue => queue.Kind == "consumed") is { Declared: true, Consumers: > 0 });
        Assert.Equal(0, (await GetAsync<DeadLetterList>(caller, "operations/errors?kind=skipped")).Waiting);
        using var unknown = await caller.GetAsync("operations/errors?kind=other");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    private HttpClient As(string role) => As(one, role);

    internal static HttpClient As(OneHost one, string role)
    {
        var http = new HttpClient { BaseAddress = one.Host.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
            one.Servers.Keys, new TokenHolder("operators", [role], "oscar"), TimeSpan.FromMinutes(30), TimeProvider.System));
        return http;
    }

    internal static async Task<T> GetAsync<T>(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return await ReadAsync<T>(path, answer);
    }

    internal static async Task<T> PostAsync<T>(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsync(path, JsonContent.Create(body, body.GetType(), options: ContractJson.Options));
        return await ReadAsync<T>(path, answer);
    }

    private static async Task<T> ReadAsync<T>(string path, HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }
}
