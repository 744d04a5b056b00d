using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ScoringUncertaintyTests(OneHost one) : IClassFixture<OneHost>, IAsyncLifetime
{
    private readonly string _study = one.Servers.Study();

    public Task InitializeAsync() => one.ScoreAsync(_study, 5);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_answer_is_the_domains_for_the_stored_matrix_and_says_seed_draws_and_assumptions()
    {
        var answer = await AskAsync("?version=5&seed=7&draws=2000&shared=none&portfolio=RE,Debate");
        var expected = new ScoreUncertainty(PaperMatrix.Of(_study, 5), "rohl-1", 7, 2000, SharedBy.None)
            .Report(PortfolioChoice.Main, ["Debate", "RE"]);
        Assert.Equal(JsonSerializer.Serialize(expected, ContractJson.Options), JsonSerializer.Serialize(answer, ContractJson.Options));
        Assert.Equal((7, 2000, "none", 49), (
            answer.Uncertainty.Sampling.Seed, answer.Uncertainty.Sampling.Draws, answer.Uncertainty.Sampling.Shared,
            answer.Uncertainty.Sampling.UncertainCells));
        Assert.Equal(7, answer.Assumptions.AssumedLikelihoods.Count);
        Assert.Equal(["Debate", "RE"], answer.Uncertainty.ImportanceOf);
    }

    [Fact]
    public async Task Unless_asked_otherwise_the_means_are_the_headline_of_the_report()
    {
        var report = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?portfolios=all");
        var answer = await AskAsync("?portfolios=all");
        Assert.Equal((1, 10_000, "mode"), (
            answer.Uncertainty.Sampling.Seed, answer.Uncertainty.Sampling.Draws, answer.Uncertainty.Sampling.Shared));
        Assert.Equal(
            report.Portfolios.Select(portfolio => portfolio.JointSharedByMode), answer.Uncertainty.Portfolios.Select(one => one.Mean));
        Assert.All(answer.Uncertainty.Portfolios, one =>
            Assert.Equal(one.Mean!.Value, one.SampledMean, 4 * one.Sd / 100 + 1e-3 * one.Mean.Value));
    }

    [Fact]
    public async Task The_same_question_has_the_same_tag_also_after_a_restart_and_another_seed_has_not()
    {
        using var first = await SendAsync("?version=5&draws=500");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await one.RestartAsync(() => Task.CompletedTask);
        using var again = await SendAsync("?version=5&draws=500", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var latest = await SendAsync("?draws=500", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, latest.StatusCode);
        Assert.True(latest.Headers.CacheControl!.NoCache);
        using var other = await SendAsync("?version=5&draws=500&seed=2", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Csv_has_a_row_a_portfolio_with_the_numbers_of_the_json_and_how_they_were_drawn()
    {
        var answer = await AskAsync("?draws=500&portfolios=all");
        using var csv = await one.Host.RawAsync($"studies/{_study}/risk/uncertainty?draws=500&portfolios=all&format=csv");
        var lines = (await csv.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal(128, lines.Length);
        var columns = lines[0].Split(',');
        string[] Column(string name) => [.. lines.Skip(1).Select(line => line.Split(',')[Array.IndexOf(columns, name)])];
        Assert.Equal(answer.Uncertainty.Portfolios.Select(one => one.Quantiles.P95), Column("p95").Select(double.Parse));
        Assert.Equal(answer.Uncertainty.Portfolios.Select(one => one.OpenBounds![1]), Column("open_high").Select(double.Parse));
        Assert.All(Column("seed"), seed => Assert.Equal("1", seed));
        Assert.All(lines.Skip(1), line => Assert.Contains("not an observed frequency", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wide_study_is_refused_as_a_whole_and_answered_for_a_portfolio()
    {
        var wide = one.Servers.Study();
        await one.Servers.PublishAsync(PaperMatrix.Wide(wide, 1, 13));
        await one.Host.WaitForVersionAsync(wide, 1);
        using var refused = await one.Host.RawAsync($"studies/{wide}/risk/uncertainty");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("/problems/too-much-work", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var few = await one.Host.GetAsync<RiskUncertainty>($"studies/{wide}/risk/uncertainty?portfolio=T1,T2,T13");
        Assert.Equal(["T1", "T2", "T13"], few.Uncertainty.ImportanceOf);
    }

    [Fact]
    public async Task Readers_of_one_question_share_one_run_and_too_many_questions_at_once_are_told_to_come_back()
    {
        // Each takes long enough that the others arrive meanwhile: one is drawn at a time.
        var same = Enumerable.Range(0, 4).Select(_ => SendAsync("?draws=20000&seed=100&portfolios=all")).ToArray();
        foreach (var answer in await Task.WhenAll(same))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal((await same[0]).Headers.ETag, answer.Headers.ETag);
        }

        var many = await Task.WhenAll(Enumerable.Range(0, 40).Select(seed => SendAsync($"?draws=20000&seed={200 + seed}&portfolios=all")));
        Assert.InRange(many.Count(answer => answer.StatusCode == HttpStatusCode.OK), 8, 39);
        var busy = many.First(answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.NotNull(busy.Headers.RetryAfter);
        Assert.Contains("/problems/busy", await busy.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var after = await SendAsync("?draws=500&seed=300");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        foreach (var answer in many) answer.Dispose();
    }

    private Task<RiskUncertainty> AskAsync(string query) =>
        one.Host.GetAsync<RiskUncertainty>($"studies/{_study}/risk/uncertainty{query}");

    private async Task<HttpResponseMessage> SendAsync(string query, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"studies/{_study}/risk/uncertainty{query}");
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await one.Host.Http.SendAsync(request);
    }
}
