using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary><c>GET studies/{study}/replay</c> on real servers, with a history that was tampered with.</summary>
[Collection(OnRealServers.Name)]
public sealed class ReplayingStudyTests(Servers servers)
{
    [Fact]
    public async Task Every_published_version_is_recomputed_line_by_line()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var lines = await LinesAsync(host, ledger.Study, "");
        Assert.Equal(Enumerable.Range(1, 40).Select(version => (long)version), lines.Select(line => line.Version));
        foreach (var line in lines)
        {
            var digest = Oracle.Matrix(ledger, line.Version).Digest;
            Assert.Equal(new ReplayedVersion(ledger.Study, line.Version, null, digest, digest, true, null), line);
        }

        // From the middle, where the version before is a change of an earlier one.
        Assert.Equal(lines.Skip(18).Take(5), await LinesAsync(host, ledger.Study, "?from=19&to=23"));
    }

    [Theory]
    [InlineData(
        "update matrix.folded_entry set envelope = replace(envelope, '\"best\":\"0.', '\"best\":\"0.9') where idx = 20", 20,
        "entry 20 says something else than its leaf commits to")]
    [InlineData("delete from matrix.folded_entry where idx = 7", 7, "entry 7 bears the index 8")]
    [InlineData("delete from matrix.folded_entry where idx = 39", 39, "entry 39 is not stored")]
    [InlineData(
        "update matrix.recorded_version set digest = repeat('0', 64) where version = 12", 39, "digest is 0000000000")]
    [InlineData(
        "update matrix.mt_events set data = jsonb_set(data, '{snapshot,label}', '\"other\"') where version = 17", 24,
        "label is in one of them only")]
    public async Task What_was_tampered_with_is_named(string tamper, int equal, string difference)
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        await Sql.ScalarAsync(scene.Database, tamper);
        var lines = await LinesAsync(host, ledger.Study, "");
        Assert.Equal(equal, lines.Count(line => line.Equal));
        Assert.StartsWith(difference, lines.First(line => !line.Equal).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_begins_before_its_first_line_is_computed()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        await using var held = await Sql.LockAsync(scene.Database, "matrix.folded_entry");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = await host.Http.GetAsync(
            $"studies/{ledger.Study}/replay", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Versions_that_are_not_there_and_a_second_replay_are_refused()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        foreach (var (query, status) in new[] { ("?from=0", 400), ("?from=41", 400), ("?from=5&to=4", 400), ("?to=41", 400) })
            Assert.Equal(status, (int)await StatusAsync(host, ledger.Study, query));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "unknown", ""));

        // The first one holds the turn until its lines are read.
        var replay = (ServiceDefaults.VersionReplay)host.Services.GetService(typeof(ServiceDefaults.VersionReplay))!;
        await using var first = replay.RunAsync(ledger.Study, 1, null, () => Task.CompletedTask, default).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, ledger.Study, ""));
        await first.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, ledger.Study, ""));
    }

    internal static async Task<IReadOnlyList<ReplayedVersion>> LinesAsync(MatrixHost host, string study, string query)
    {
        using var answer = await host.Http.GetAsync($"studies/{study}/replay{query}");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<ReplayedVersion>(line, ContractJson.Options)!),
        ];
    }

    private static async Task<HttpStatusCode> StatusAsync(MatrixHost host, string study, string query)
    {
        using var answer = await host.Http.GetAsync($"studies/{study}/replay{query}");
        return answer.StatusCode;
    }
}
