using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class RebuildingTests(Servers servers)
{
    [Fact]
    public async Task A_version_computed_on_request_is_the_one_that_other_batches_published()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(36);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.FoldAsync(host, ledger, ledger.Pages(1));
        scene.Intake.ShowAll(ledger);
        var atOnce = await scene.StartAsync(await servers.DatabaseAsync());
        await atOnce.WaitForAsync(ledger);

        Assert.Equal(40, (await host.VersionsAsync(ledger)).Count);
        Assert.Equal([40L], (await atOnce.VersionsAsync(ledger)).Select(version => version.Version));
        for (var version = 1L; version < 40; version++)
        {
            var published = await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?version={version}");
            var computed = await atOnce.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?version={version}");
            Assert.True(published.Published);
            Assert.False(computed.Published);
            Assert.Equal(published.Digest, computed.Digest);
            // The stored numbers themselves, and not only the digest beside them, came back to the bit.
            var stored = await host.MatrixAsync(ledger, version);
            Assert.Equal(stored.Digest, Consensus.DigestOf(stored));
        }
    }

    [Fact]
    public async Task A_restart_continues_where_the_last_commit_ended()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(26);
        var first = await scene.StartAsync();
        await first.WaitForAsync(ledger);
        await first.DisposeAsync();
        ledger.RatedBy(30);
        scene.Intake.Show(ledger, 30);
        var second = await scene.StartAsync();
        await MatrixHost.WaitUntilAsync(
            async () => (await second.FoldHealthAsync()).GetProperty("status").GetString() == "Healthy", () => "a healthy start");
        await scene.PublishAsync(ledger.Page(30, 60));
        await second.WaitForAsync(ledger);

        Assert.Equal([60L, 30], (await second.VersionsAsync(ledger)).Select(version => version.Version));
        Assert.Equal(Oracle.Matrix(ledger, 60).Digest, (await second.MatrixAsync(ledger, 60)).Digest);
        Assert.False((await second.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _));
    }

    [Fact]
    public async Task A_stored_history_that_was_tampered_with_is_reported_at_the_next_start()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        var first = await scene.StartAsync();
        await first.WaitForAsync(ledger);
        await first.DisposeAsync();
        await Sql.ScalarAsync(
            scene.Database, "update matrix.folded_entry set envelope = replace(envelope, '\"best\":\"0.', '\"best\":\"0.9') where idx = 4");
        var second = await scene.StartAsync();
        await MatrixHost.WaitUntilAsync(
            async () => (await second.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _), () => "a report");

        Assert.Equal("Degraded", (await second.FoldHealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_process_that_comes_second_stores_nothing_and_takes_over_what_the_first_stored()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        scene.Intake.Show(ledger, 0);
        var first = await scene.StartAsync();
        var second = await scene.StartAsync();
        var storers = new[] { first, second }.Select(host => host.Services.GetRequiredService<PageStorer>()).ToArray();
        Assert.True(await storers[0].StoreAsync(ledger.Page(0, 8), PageSource.Message, cause: null, default));
        Assert.False(await storers[1].StoreAsync(ledger.Page(0, 5), PageSource.Message, cause: null, default));

        Assert.Equal(8, second.Services.GetRequiredService<FoldedStudies>().Of(ledger.Study).Size);
        Assert.True(await storers[1].StoreAsync(ledger.Page(5, 10), PageSource.Message, cause: null, default));
        Assert.Equal([10L, 8], (await first.VersionsAsync(ledger)).Select(version => version.Version));
        Assert.Equal(Oracle.Matrix(ledger, 10).Digest, (await first.MatrixAsync(ledger, 10)).Digest);
    }

    [Fact]
    public async Task Two_processes_on_one_database_keep_one_history()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(296);
        var hosts = await Task.WhenAll(scene.StartAsync(), scene.StartAsync());
        // Both fetch the same entries at their start, and get further ones by message and by feed at once.
        for (var burst = 0; burst < 10; burst++)
        {
            var from = ledger.Size;
            ledger.RatedBy(20);
            await scene.PublishAsync(Enumerable.Range(0, 20).Select(at => ledger.Page(from + at, from + at + 1)));
        }

        foreach (var host in hosts) await host.WaitForAsync(ledger);
        Assert.Equal(500L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry"));
        Assert.Equal(
            await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.recorded_version"),
            await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.mt_events"));
        Assert.Equal(0L, await Sql.ScalarAsync(
            scene.Database,
            """
            select count(*) from matrix.recorded_version a join matrix.recorded_version b using (study)
            where (a.version < b.version) <> (a.position < b.position)
            """));
        foreach (var version in (await hosts[0].VersionsAsync(ledger)).Where((_, at) => at % 10 == 0))
            Assert.Equal(Oracle.Matrix(ledger, version.Version).Digest, version.Digest);
        Assert.Equal(Oracle.Matrix(ledger, 500).Digest, (await hosts[1].MatrixAsync(ledger, 500)).Digest);
    }
}
