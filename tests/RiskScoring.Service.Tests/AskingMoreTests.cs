using System.Net;
using System.Xml.Linq;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>Frontier, overlap, importance, cells, paper and export of a version.</summary>
[Collection(OnRealServers.Name)]
public sealed class AskingMoreTests(OneHost one) : IClassFixture<OneHost>, IAsyncLifetime
{
    private readonly string _study = one.Servers.Study();

    public Task InitializeAsync() => one.ScoreAsync(_study, 5);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_papers_figures_come_from_the_service()
    {
        var overlap = await GetAsync<RiskOverlap>("overlap?lens=crisp");
        Assert.Equal(21, overlap.Pairs.Count);
        Assert.Equal(0.477, overlap.Pairs.Single(pair => pair is { A: "ScientistAI", B: "IDA" }).Phi!.Value, 3);
        Assert.Equal(["EM-MIS", "EVAL-DIFF"], overlap.Indistinguishable.Single().FailureModes);
        Assert.Contains(overlap.Redundant, one => one is { Technique: "RLHF", Beside: "RE" });
        var importance = await GetAsync<RiskImportance>("importance?lens=crisp");
        var alGen = importance.Averages.Single(mode => mode.FailureMode == "AL-GEN");
        Assert.Equal((79, 127), (alGen.First, alGen.Portfolios));
        Assert.Equal(0.7293, importance.Importance.Single(mode => mode.FailureMode == "AL-GEN").Criticality!.Value, 4);
        var pair = await GetAsync<RiskImportance>("importance?lens=crisp&portfolio=RE,Debate");
        Assert.Equal(["Debate", "RE"], pair.Portfolio);
        var paper = await GetAsync<RiskPaper>("paper?lens=crisp");
        Assert.Equal(
            ["holds", "holds-partly", "holds-partly", "holds-partly", "holds-partly", "holds-partly", "holds"],
            paper.Conclusions.Select(one => one.Verdict));
        var cells = await GetAsync<RiskCells>("cells?lens=crisp");
        Assert.Equal(49, cells.Cells.Count);
        Assert.Equal(0.02482255, cells.Joint, 12);
        Assert.Equal([0, 1], cells.Cells.Single(cell => cell is { Technique: "Debate", FailureMode: "S-TAX" }).Interval!);
    }

    [Fact]
    public async Task A_portfolio_says_what_its_layers_are_worth()
    {
        var answer = await GetAsync<PortfolioReport>("portfolios/RE,ScientistAI,IDA?lens=crisp");
        Assert.Equal(0.027775, answer.Portfolio.Joint, 12);
        Assert.Equal(answer.Portfolio.Joint, answer.AtLeast[3], 14);
        Assert.Equal(-Math.Log10(answer.Portfolio.Joint), answer.Shapley.Sum(value => value.Decades!.Value), 10);
        Assert.Equal(3, answer.Pairs.Count);
        Assert.Equal(4, answer.Additions.Count);
        Assert.Equal(answer.Portfolio.Independent, answer.PositiveDependence[0], 14);
        Assert.Empty(answer.LeftOut);
    }

    [Fact]
    public async Task The_frontier_is_of_the_headline_and_says_why_it_is_empty_without_taxes()
    {
        var unpriced = await GetAsync<RiskFrontier>("frontier");
        Assert.Equal("jointSharedByMode", unpriced.Risk);
        Assert.Equal(7, unpriced.UnknownTaxes.Count);
        Assert.Empty(unpriced.Frontier);
        Assert.Equal(["RE", "ScientistAI"], unpriced.Best.First(portfolio => portfolio.Techniques.Count == 2).Techniques);
        var priced = PaperMatrix.Of(_study, 6);
        double[] taxes = [1, 1, 1, 2, 2, 3, 3];
        one.Matrix.Keep(PaperMatrix.Signed(priced with
        {
            SafetyTaxes = [.. priced.SafetyTaxes.Select((tax, i) => tax with { Value = taxes[i], Assumed = false })],
        }));
        var frontier = await GetAsync<RiskFrontier>("frontier?lens=crisp&version=6");
        Assert.Equal("joint", frontier.Risk);
        Assert.Equal(
            ["RLHF", "RE", "ScientistAI", "RLHF+ScientistAI", "RE+ScientistAI", "Debate+RE+ScientistAI", "RE+ScientistAI+IDA",
                "Debate+RE+ScientistAI+IDA"],
            frontier.Frontier.Select(portfolio => string.Join('+', portfolio.Techniques)));
        var beaten = frontier.Dominated.Single(pair => pair.Portfolio.Techniques.SequenceEqual(["Debate", "RE"]));
        Assert.Equal(["RLHF", "ScientistAI"], beaten.By.Techniques);
        var lines = await CsvAsync("frontier?lens=crisp&version=6");
        Assert.Equal(frontier.Frontier.Count + frontier.Best.Count + frontier.Dominated.Count, lines.Length - 1);
    }

    [Fact]
    public async Task A_portfolio_is_exported_as_a_fault_tree()
    {
        using var answer = await one.Host.RawAsync($"studies/{_study}/risk/openpsa?lens=crisp&portfolio=RE,IDA,ScientistAI&failing=2");
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        var tree = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("2", tree.Descendants("atleast").Single().Attribute("min")!.Value);
        Assert.EndsWith("-xml\"", answer.Headers.ETag!.Tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frontier", 19)]
    [InlineData("overlap", 21)]
    [InlineData("importance", 7)]
    [InlineData("cells", 49)]
    [InlineData("paper", 7)]
    [InlineData("portfolios/RE,IDA", 1)]
    [InlineData("openpsa", null)]
    public async Task Every_answer_has_a_tag_that_holds_for_the_version_and_a_table(string question, int? rows)
    {
        using var first = await one.Host.RawAsync($"studies/{_study}/risk/{question}?version=5");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"studies/{_study}/risk/{question}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await one.Host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.True(again.Headers.CacheControl!.NoCache);
        using var other = await one.Host.RawAsync($"studies/{_study}/risk/{question}?version=5&lens=crisp");
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
        if (rows is not { } expected) return;
        var lines = await CsvAsync(question);
        Assert.InRange(lines.Length - 1, expected, expected);
        Assert.All(lines.Skip(1), line => Assert.Contains("not an observed frequency", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Questions_are_refused_when_too_many_wait_and_what_is_stored_is_answered()
    {
        using var hold = new ManualResetEventSlim();
        var runs = (ReadingRisk.AnswerRuns)one.Host.Services.GetService(typeof(ReadingRisk.AnswerRuns))!;
        var held = new List<Task>();
        void Hold() => held.Add(runs.AskAsync($"held {held.Count}", _ => hold.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)), default));
        for (var k = 0; k < ReadingRisk.AnswerRuns.MostShort; k++) Hold();
        Assert.Throws<ServiceDefaults.ProblemException>(Hold);
        using (var refused = await one.Host.RawAsync($"studies/{_study}/risk/overlap"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using (var stored = await one.Host.RawAsync($"studies/{_study}/risk")) Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        hold.Set();
        await Task.WhenAll(held);
        using var after = await one.Host.RawAsync($"studies/{_study}/risk/overlap");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private Task<T> GetAsync<T>(string question) => one.Host.GetAsync<T>($"studies/{_study}/risk/{question}");

    private async Task<string[]> CsvAsync(string question)
    {
        using var answer = await one.Host.RawAsync(
            $"studies/{_study}/risk/{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format=csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
    }
}
