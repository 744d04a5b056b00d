using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class StudyPolicyTests(Servers servers)
{
    private static readonly AggregationConstants Own = new(Rho: "0.9", Nu: 4);

    [Fact]
    public async Task From_their_entry_on_every_cell_has_the_studys_constants_and_every_way_to_a_version_gives_the_same()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(24);
        var first = await scene.StartAsync();
        await scene.FoldAsync(first, ledger, ledger.Pages(7));
        var before = await first.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix");
        ledger.Append(new AggregationPolicyChanged(Own, "because"));
        await scene.PublishAsync(ledger.Page(28, 29));
        await first.WaitForAsync(ledger);

        var after = await first.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix");
        Assert.Equal((29L, "rohl-1", "rohl-1(rho=0.9,nu=4)", Own), (after.Version, after.Lens, after.Method, after.Constants));
        Assert.Equal(Oracle.Matrix(ledger, 29).Digest, after.Digest);
        Assert.All(before.Consensus.Zip(after.Consensus), pair => Assert.NotEqual(pair.First.Mean, pair.Second.Mean));
        Assert.Equal(before.Likelihoods, after.Likelihoods);
        var crisp = await first.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?lens=crisp");
        Assert.Equal("crisp", crisp.Method);

        var past = await first.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?version=28");
        Assert.Equal(("rohl-1", null, before.Digest), (past.Method, past.Constants, past.Digest));

        ledger.RatedBy(5);
        await scene.PublishAsync(ledger.Page(29, 34));
        await first.WaitForAsync(ledger);
        await first.DisposeAsync();
        var (restarted, atOnce) = (await scene.StartAsync(), await scene.StartAsync(await servers.DatabaseAsync()));
        await atOnce.WaitForAsync(ledger);
        foreach (var version in new[] { 28L, 29, 34 })
        {
            var expected = Oracle.Matrix(ledger, version);
            var stored = await restarted.MatrixAsync(ledger, version);
            Assert.Equal((expected.Digest, expected.Digest), (stored.Digest, Consensus.DigestOf(stored)));
            Assert.Equal(expected.Digest, (await atOnce.MatrixAsync(ledger, version)).Digest);
        }

        await restarted.WaitForAsync(ledger);
        Assert.False((await restarted.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _));
    }

    [Fact]
    public async Task What_was_recorded_before_there_were_constants_reads_as_it_did()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        var first = await scene.StartAsync();
        await first.WaitForAsync(ledger);
        await first.DisposeAsync();
        await Sql.ScalarAsync(scene.Database, "update matrix.mt_events set data = data #- '{snapshot,constants}'");
        Assert.Equal(0L, await Sql.ScalarAsync(
            scene.Database, "select count(*) from matrix.mt_events where data::text ilike '%constants%'"));
        var second = await scene.StartAsync();
        using var answer = await second.Http.GetAsync($"studies/{ledger.Study}/matrix?version=10");
        var view = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.False(view.TryGetProperty("constants", out _));
        Assert.Equal(("rohl-1", true), (view.GetProperty("method").GetString(), view.GetProperty("published").GetBoolean()));
        Assert.Equal(Oracle.Matrix(ledger, 10).Digest, view.GetProperty("digest").GetString());
        Assert.False((await second.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _));
    }
}
