using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary><c>POST operations/studies/{study}:rebuild</c> on real servers, with a history that was tampered with.</summary>
[Collection(OnRealServers.Name)]
public sealed class RebuildingOnRequestTests(Servers servers)
{
    private const string Tamper =
        "update matrix.folded_entry set envelope = replace(envelope, '\"best\":\"0.', '\"best\":\"0.9') where idx = 20";


    [Fact]
    public async Task A_study_that_is_as_the_ledger_says_is_equal_in_every_version_and_stays_untouched()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        var lines = await caller.RebuildAsync(ledger.Study, new RebuildRequest());
        var last = lines[^1];
        Assert.All(lines.SkipLast(1), line => Assert.Equal(("folding", 40L), (line.State, line.Until)));
        Assert.True(lines.Count > 1);
        Assert.Equal(("equal", 40L, 40L, 40L), (last.State, last.Entries, last.Until, last.Versions));
        Assert.Equal(((string?)null, ledger.Head(40).Root), (last.FirstDifference, last.Root));
        Assert.Equal(Oracle.Matrix(ledger, 40).Digest, last.Digest);
        Assert.Equal(40L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.mt_events"));
        var record = Assert.Single(await caller.LogAsync());
        Assert.Equal(("rebuild", false), (record.Action, record.DryRun));
        Assert.StartsWith("equal: 40 entries", record.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tamper, "entry 20 is stored otherwise")]
    [InlineData("delete from matrix.folded_entry where idx = 7", "entry 7 is not stored")]
    [InlineData(
        "update matrix.recorded_version set digest = repeat('0', 64) where version = 12", "version 12 was recorded with another digest")]
    [InlineData(
        "update matrix.recorded_version set root = repeat('0', 64) where version = 12", "version 12 was recorded with another root")]
    [InlineData("delete from matrix.recorded_version where version = 40", "version 40 is not recorded")]
    [InlineData("update matrix.head set digest = repeat('0', 64)", "version 40 was recorded with another digest")]
    [InlineData(
        "update matrix.mt_events set data = jsonb_set(data, '{snapshot,label}', '\"other\"') where version = 17",
        "version 17 is stored with other numbers")]
    public async Task What_was_tampered_with_is_found_by_a_dry_run_and_replaced_by_the_other(string tamper, string difference)
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        await Sql.ScalarAsync(scene.Database, tamper);
        using var caller = new OperatorClient(host, servers.Keys);
        var dry = (await caller.RebuildAsync(ledger.Study, new RebuildRequest(DryRun: true)))[^1];
        Assert.Equal(("different", difference), (dry.State, dry.FirstDifference));
        Assert.Equal("different", (await caller.RebuildAsync(ledger.Study, new RebuildRequest(DryRun: true)))[^1].State);
        Assert.Equal("replaced", (await caller.RebuildAsync(ledger.Study, new RebuildRequest()))[^1].State);
        Assert.Equal("equal", (await caller.RebuildAsync(ledger.Study, new RebuildRequest()))[^1].State);
        foreach (var version in await host.VersionsAsync(ledger))
            Assert.Equal(Oracle.Matrix(ledger, version.Version).Digest, (await host.MatrixAsync(ledger, version.Version)).Digest);
    }

    [Fact]
    public async Task After_a_replacement_the_fold_goes_on_and_a_restart_reproduces_everything()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        await Sql.ScalarAsync(scene.Database, Tamper);
        await host.DisposeAsync();
        // It starts from the tampered entries, so that what it holds in memory is wrong too.
        var wrong = await scene.StartAsync();
        await MatrixHost.WaitUntilAsync(
            async () => (await wrong.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _), () => "a report");
        using var caller = new OperatorClient(wrong, servers.Keys);
        Assert.Equal("replaced", (await caller.RebuildAsync(ledger.Study, new RebuildRequest()))[^1].State);
        Assert.False((await wrong.FoldHealthAsync()).GetProperty("data").TryGetProperty("unreproduced", out _));
        ledger.RatedBy(5);
        await wrong.WaitForAsync(ledger);
        Assert.Equal(Oracle.Matrix(ledger, 45).Digest, (await wrong.MatrixAsync(ledger, 45)).Digest);
        Assert.Equal("equal", (await caller.RebuildAsync(ledger.Study, new RebuildRequest(DryRun: true)))[^1].State);
    }

    [Fact]
    public async Task A_forced_rebuild_records_every_version_again_and_readers_see_no_difference()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        var before = await host.VersionsAsync(ledger);
        using var caller = new OperatorClient(host, servers.Keys);
        Assert.Equal("replaced", (await caller.RebuildAsync(ledger.Study, new RebuildRequest(Force: true)))[^1].State);
        var after = await host.VersionsAsync(ledger);
        Assert.Equal(before.Select(one => (one.Version, one.Digest)), after.Select(one => (one.Version, one.Digest)));
        Assert.Equal(80L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.mt_events"));
        Assert.True((await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?version=20")).Published);
    }

    [Fact]
    public async Task Another_process_that_folds_on_what_was_replaced_stands_back_and_takes_it_over()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, first) = await scene.FortyVersionsAsync();
        scene.Intake.Show(ledger, 40);
        var second = await scene.StartAsync();
        await second.WaitForAsync(ledger);
        await MatrixHost.WaitUntilAsync(
            () => Task.FromResult(second.Services.GetRequiredService<FoldedStudies>().Of(ledger.Study).Size == 40),
            () => "a second memory");
        using var caller = new OperatorClient(first, servers.Keys);
        await caller.RebuildAsync(ledger.Study, new RebuildRequest(Force: true));
        ledger.RatedBy(3);
        var storer = second.Services.GetRequiredService<PageStorer>();
        Assert.False(await storer.StoreAsync(ledger.Page(40, 43), PageSource.Message, cause: null, default));
        Assert.True(await storer.StoreAsync(ledger.Page(40, 43), PageSource.Message, cause: null, default));
        Assert.Equal(Oracle.Matrix(ledger, 43).Digest, (await first.MatrixAsync(ledger, 43)).Digest);
    }

    [Fact]
    public async Task A_rebuild_whose_feed_is_forged_fails_and_changes_nothing_and_an_unknown_study_is_not_found()
    {
        await using var scene = await servers.SceneAsync();
        var (ledger, host) = await scene.FortyVersionsAsync();
        using var caller = new OperatorClient(host, servers.Keys);
        scene.Intake.Show(ledger, 8);
        var last = (await caller.RebuildAsync(ledger.Study, new RebuildRequest(Force: true)))[^1];
        Assert.Equal("failed", last.State);
        Assert.Equal(40L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.mt_events"));
        Assert.Equal(
            System.Net.HttpStatusCode.NotFound, await caller.StatusOfAsync("operations/studies/nobody:rebuild", new RebuildRequest()));
    }

    [Fact]
    public async Task A_blind_round_is_rebuilt_as_it_was_folded()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun(roundMode: "blind").RatedBy(6);
        var host = await scene.StartAsync();
        await host.WaitForAsync(ledger);
        using var caller = new OperatorClient(host, servers.Keys);
        Assert.Equal("equal", (await caller.RebuildAsync(ledger.Study, new RebuildRequest(DryRun: true)))[^1].State);
        ledger.Append(new RoundClosed(1));
        await host.WaitForAsync(ledger);
        var last = (await caller.RebuildAsync(ledger.Study, new RebuildRequest(DryRun: true)))[^1];
        Assert.Equal(("equal", 2L), (last.State, last.Versions));
    }
}
