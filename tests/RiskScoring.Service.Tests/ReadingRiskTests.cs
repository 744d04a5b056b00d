using System.Net;
using System.Net.Http.Headers;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ReadingRiskTests(OneHost one) : IClassFixture<OneHost>, IAsyncLifetime
{
    private readonly string _study = one.Servers.Study();

    /// <summary>Version 5 was published and scored; versions 2 and 7 are only known to matrix-aggregation.</summary>
    public Task InitializeAsync()
    {
        one.Matrix.Keep(PaperMatrix.Of(_study, 2));
        one.Matrix.Keep(PaperMatrix.Of(_study, 7));
        return one.ScoreAsync(_study, 5);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_version_that_was_not_published_has_the_digest_it_would_have_had()
    {
        var computed = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?version=7");
        Assert.False(computed.Published);
        await one.ScoreAsync(_study, 7);
        var stored = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?version=7");
        Assert.True(stored.Published);
        Assert.Equal(stored.Digest, computed.Digest);
        Assert.Equal(ScoreRisk.DigestOf(computed), computed.Digest);
    }

    [Fact]
    public async Task Any_portfolio_answers_whatever_the_order_of_its_ids()
    {
        var single = await one.Host.GetAsync<PortfolioReport>($"studies/{_study}/risk/portfolios/W2S,RLHF,RLAIF?lens=crisp");
        Assert.Equal(0.40951, single.Portfolio.Joint, 12);
        Assert.Equal(7, single.Importance.Count);
        using var forwards = await one.Host.RawAsync($"studies/{_study}/risk/portfolios/Debate,RE?lens=crisp&version=5");
        using var backwards = await one.Host.RawAsync($"studies/{_study}/risk/portfolios/RE,Debate?lens=crisp&version=5");
        Assert.Equal(await forwards.Content.ReadAsStringAsync(), await backwards.Content.ReadAsStringAsync());
        Assert.Equal(forwards.Headers.ETag, backwards.Headers.ETag);
    }

    [Fact]
    public async Task All_portfolios_agree_with_each_one_asked_alone()
    {
        var all = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?portfolios=all");
        Assert.Equal(127, all.Portfolios.Count);
        foreach (var portfolio in all.Portfolios.Where((_, i) => i % 25 == 0))
        {
            var alone = await one.Host.GetAsync<PortfolioReport>(
                $"studies/{_study}/risk/portfolios/{string.Join(',', portfolio.Techniques)}");
            Assert.Equal(portfolio.Joint, alone.Portfolio.Joint, 14);
            Assert.Equal(portfolio.JointSharedByMode!.Value, alone.Portfolio.JointSharedByMode!.Value, 14);
        }
    }

    [Fact]
    public async Task A_client_that_has_the_answer_is_told_so_and_a_version_is_cached_for_good()
    {
        foreach (var accept in new[] { "application/json", "text/csv" })
        {
            using var first = await SendAsync($"studies/{_study}/risk?version=5", accept);
            using var again = await SendAsync($"studies/{_study}/risk?version=5", accept, first.Headers.ETag);
            using var latest = await SendAsync($"studies/{_study}/risk", accept, first.Headers.ETag);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal(accept, first.Content.Headers.ContentType?.MediaType);
            Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(HttpStatusCode.NotModified, latest.StatusCode);
            Assert.True(latest.Headers.CacheControl!.NoCache);
            using var other = await SendAsync($"studies/{_study}/risk?version=5&lens=crisp", accept, first.Headers.ETag);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        var report = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?version=5");
        using var tagged = await SendAsync($"studies/{_study}/risk?version=5", "application/json");
        Assert.Equal($"\"{report.Digest}\"", tagged.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Only_what_cannot_change_any_more_is_cached_for_good()
    {
        using var passed = await one.Host.RawAsync($"studies/{_study}/risk?version=2");
        using var ahead = await one.Host.RawAsync($"studies/{_study}/risk?version=7");
        Assert.Contains("immutable", passed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        // Version 7 may yet be published, and would then say so.
        Assert.True(ahead.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Csv_has_one_row_a_portfolio_with_the_numbers_of_the_json()
    {
        var report = await one.Host.GetAsync<RiskReport>($"studies/{_study}/risk?version=5&lens=crisp&portfolios=all");
        using var answer = await one.Host.RawAsync($"studies/{_study}/risk?version=5&lens=crisp&portfolios=all&format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        var joint = Array.IndexOf(lines[0].Split(','), "joint");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            report.Portfolios.Select(portfolio => portfolio.Joint),
            lines.Skip(1).Select(line => double.Parse(line.Split(',')[joint])));
        Assert.All(lines.Skip(1), line => Assert.Contains("not an observed frequency", line, StringComparison.Ordinal));
        using var single = await one.Host.RawAsync($"studies/{_study}/risk/portfolios/RE,IDA?format=csv");
        Assert.Equal(2, (await single.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n").Length);
    }

    [Fact]
    public async Task Versions_come_in_pages_oldest_first()
    {
        var study = one.Servers.Study();
        foreach (var version in new long[] { 1, 2, 4 })
            await one.ScoreAsync(study, version);

        var first = await one.Host.GetAsync<RiskVersions>($"studies/{study}/risk/versions?limit=2");
        var second = await one.Host.GetAsync<RiskVersions>($"studies/{study}/risk/versions?limit=2&from={first.Next}");
        Assert.Equal([1L, 2, 4], first.Versions.Concat(second.Versions).Select(version => version.Version));
        Assert.Null(second.Next);
        var report = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?version=4&lens=crisp");
        Assert.Equal(report.Digest, second.Versions.Single().Digests["crisp"]);
        Assert.Equal(report.MatrixDigest, second.Versions.Single().MatrixDigest);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await one.Host.Http.SendAsync(request);
    }
}
