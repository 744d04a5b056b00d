using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class SimulatingRiskTests(OneHost one) : IClassFixture<OneHost>, IAsyncLifetime
{
    private readonly string _study = one.Servers.Study();

    public Task InitializeAsync() => one.ScoreAsync(_study, 5);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_answer_is_the_domains_for_the_stored_matrix_and_says_question_seed_and_assumptions()
    {
        var asked = new SimulateRequest(
            ["RE", "ScientistAI"], 1, [new("RE", "COLL", 0.9)], [new("AL-GEN", 0.2)], [new("RE", 2)], 0.02, 0.1,
            [new(["EM-MIS", "EVAL-DIFF"], 0.5)], true, 7);
        using var answer = await PostAsync("?version=5&lens=crisp", JsonSerializer.Serialize(asked, ContractJson.Options));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var expected = new SimulateRisk(PaperMatrix.Of(_study, 5), "crisp", asked).Report();
        Assert.Equal(JsonSerializer.Serialize(expected, ContractJson.Options), await answer.Content.ReadAsStringAsync());
        var said = (await answer.Content.ReadFromJsonAsync<RiskSimulation>(ContractJson.Options))!;
        Assert.Equal((5, "crisp", 7), (said.Version, said.Lens, said.Uncertainty!.Sampling.Seed));
        Assert.Equal(["EM-MIS", "EVAL-DIFF"], said.Asked.Groups![0].FailureModes);
        Assert.Equal(5, said.Dependence.Count);
    }

    [Fact]
    public async Task An_empty_question_is_about_all_techniques_of_the_newest_version_under_the_headline()
    {
        using var answer = await PostAsync("", "{}");
        var said = (await answer.Content.ReadFromJsonAsync<RiskSimulation>(ContractJson.Options))!;
        var report = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk");
        var all = report.Portfolios.Single(portfolio => portfolio.Techniques.Count == 7);
        Assert.Equal((all.Joint, all.JointSharedByMode), (said.Portfolio.Joint, said.Portfolio.JointSharedByMode));
        Assert.Equal("rohl-1", said.Lens);
        Assert.Empty(said.Additions);
        Assert.InRange(said.Portfolio.JointSharedByMode!.Value, said.Uncertainty!.Quantiles.P05, said.Uncertainty.Quantiles.P95);
    }

    [Theory]
    [InlineData("?lens=nonsense", "{}", 400, "lens", "nonsense", "rohl-1, crisp")]
    [InlineData("?version=6", "{}", 404, "version", "6", "1..5")]
    [InlineData("", """{"techniques":["RE","NO-SUCH"]}""", 400, "techniques[1]", "NO-SUCH", "ScientistAI")]
    [InlineData("", """{"cells":[{"technique":"RE","failureMode":"COLL","vulnerability":2}]}""", 400, "cells[0].vulnerability", "2", "1")]
    [InlineData("", """{"likelihoods":[{"failureMode":"COLL","likelihood":1e400}]}""", 400, "likelihoods[0].likelihood", "", "0 to 1")]
    [InlineData("", """{"layersNeeded":8}""", 400, "layersNeeded", "8", "1..7")]
    [InlineData("", """{"seed":9223372036854775807}""", 400, "seed", "9223372036854775807", "0..9007199254740991")]
    [InlineData("", """{"groups":[null]}""", 400, "groups[0]", "null", "beta")]
    public async Task A_problem_names_field_value_and_what_is_allowed(
        string query, string body, int status, string field, string value, string allowed)
    {
        using var answer = await PostAsync(query, body);
        await RefusingRequestsTests.AssertProblemAsync(answer, status, field, value, allowed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"techniques":"RE"}""")]
    [InlineData("""{"cells":[{"technique":"RE"}]}""")]
    [InlineData("""{"seed":1.5}""")]
    public async Task A_body_that_is_no_question_is_a_problem(string body)
    {
        using var answer = await PostAsync("", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_wide_study_is_answered_and_says_what_is_left_out()
    {
        var wide = one.Servers.Study();
        await one.Servers.PublishAsync(PaperMatrix.Wide(wide, 1, 40));
        await one.Host.WaitForVersionAsync(wide, 1);
        using var answer = await one.Host.Http.PostAsync($"studies/{wide}/risk:simulate", Json("{}"));
        var said = (await answer.Content.ReadFromJsonAsync<RiskSimulation>(ContractJson.Options))!;
        Assert.Equal(40, said.Portfolio.Techniques.Count);
        Assert.Equal(0.1, said.Portfolio.Joint, 12);
        Assert.Contains(said.LeftOut, reason => reason.StartsWith("uncertainty", StringComparison.Ordinal));
        Assert.Contains(said.LeftOut, reason => reason.StartsWith("layers", StringComparison.Ordinal));
        Assert.Null(said.Layers.Fails);
    }

    private Task<HttpResponseMessage> PostAsync(string query, string body) =>
        one.Host.Http.PostAsync($"studies/{_study}/risk:simulate{query}", Json(body));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
