using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using Npgsql;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary><c>GET studies/{study}/replay</c>: stored reports recomputed from the matrices stored with them.</summary>
[Collection(OnRealServers.Name)]
public sealed class ReplayingReportsTests(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task Every_stored_report_is_recomputed_line_by_line()
    {
        var study = one.Servers.Study();
        foreach (var version in new long[] { 4, 9, 11 }) await one.ScoreAsync(study, version);
        var lines = await LinesAsync(one, study, "");
        Assert.Equal([(4, "crisp"), (4, "rohl-1"), (9, "crisp"), (9, "rohl-1"), (11, "crisp"), (11, "rohl-1")],
            lines.Select(line => (line.Version, line.Lens!)));
        foreach (var line in lines)
        {
            var digest = new ScoreRisk(PaperMatrix.Of(study, line.Version), line.Lens!).Report(PortfolioChoice.Main).Digest;
            Assert.Equal(new ReplayedVersion(study, line.Version, line.Lens, digest, digest, true, null), line);
        }

        Assert.Equal(lines.Where(line => line.Version == 9), await LinesAsync(one, study, "?from=5&to=9"));
    }

    [Fact]
    public async Task A_stored_number_that_was_changed_is_named()
    {
        var study = one.Servers.Study();
        await one.ScoreAsync(study, 4);
        await using var database = NpgsqlDataSource.Create(one.Database);
        await using var change = database.CreateCommand(
            $$"""
            update risk.mt_events set data = jsonb_set(data, '{reports,0,portfolios,0,joint}', '0.5')
            where stream_id = 'risk/{{study}}'
            """);
        Assert.Equal(1, await change.ExecuteNonQueryAsync());
        var lines = await LinesAsync(one, study, "");
        Assert.Equal(1, lines.Count(line => line.Equal));
        Assert.StartsWith(
            "portfolios[0].joint is 0.5, recomputed ", lines.Single(line => !line.Equal).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_are_not_there_are_refused()
    {
        var study = one.Servers.Study();
        await one.ScoreAsync(study, 4);
        foreach (var query in new[] { "?from=0", "?from=5", "?to=5", "?from=3&to=2" })
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"studies/{study}/replay{query}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("studies/unknown/replay"));
    }

    internal static async Task<IReadOnlyList<ReplayedVersion>> LinesAsync(OneHost one, string study, string query)
    {
        using var answer = await one.Host.RawAsync($"studies/{study}/replay{query}");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<ReplayedVersion>(line, ContractJson.Options)!),
        ];
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await one.Host.RawAsync(path);
        return answer.StatusCode;
    }
}
