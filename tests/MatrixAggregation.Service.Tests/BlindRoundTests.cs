using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class BlindRoundTests(Servers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blind_ratings_count_nowhere_until_their_round_closes_and_then_everywhere(bool byMessage)
    {
        await using var scene = await servers.SceneAsync();
        scene.Intake.OpeningsPerPage = 3;
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun("blind").RatedBy(10);
        if (byMessage) await scene.FoldAsync(host, ledger, ledger.Pages(4));
        await host.WaitForAsync(ledger);

        await HasNothingAsync(host, $"studies/{ledger.Study}/matrix");
        Assert.Equal(10L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry where envelope is null"));

        ledger.Append(new RoundClosed(1));
        if (byMessage) await scene.PublishAsync(ledger.Page(14, 15));
        await host.WaitForAsync(ledger);
        var closed = await host.GetAsync<MatrixView>($"studies/{ledger.Study}/matrix?round=1");
        Assert.Equal((15L, Oracle.Matrix(ledger, 15).Digest), (closed.Version, closed.Digest));
        Assert.Equal(4, closed.RatedCells);
        Assert.NotEmpty((await host.GetAsync<CellLineage>($"studies/{ledger.Study}/matrix/cells/RLHF/COLL")).Ratings);
        Assert.Equal(0L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry where envelope is null"));
        Assert.Equal(Oracle.Matrix(ledger, 14).Digest, (await host.MatrixAsync(ledger, 14)).Digest);
    }

    private static async Task HasNothingAsync(MatrixHost host, string matrix)
    {
        var view = await host.GetAsync<MatrixView>(matrix);
        Assert.Equal((0, 0, 0), (view.RatedCells, view.Overview!.Coverage.Raters, view.Overview.Divisive.Count));
        foreach (var lens in (string[])["with-ai-raters", "median", "int-w-agg"])
            Assert.All((await host.GetAsync<MatrixView>($"{matrix}?lens={lens}")).Consensus, one => Assert.Null(one.Mean));
        var cell = await host.GetAsync<CellLineage>($"{matrix}/cells/RLHF/COLL");
        Assert.Equal((0, 0, 0.0), (cell.Ratings.Count, cell.NotCounted!.Count, cell.EffectiveRaters));
        Assert.All(cell.Multiverse!.Lenses, one => Assert.Equal("no_data", one.Undefined));
        Assert.All(cell.History!.Changes, change => Assert.Equal(0, change.Raters));
        Assert.Equal(0, (await host.GetAsync<MatrixSensitivity>($"{matrix}/sensitivity")).RatedCells);
    }

    [Fact]
    public async Task A_rebuild_that_gets_all_openings_at_once_gives_the_same_digests_at_every_version()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun("blind").RatedBy(5);
        await scene.FoldAsync(host, ledger, ledger.Pages(1));
        ledger.Append(new RoundClosed(1));
        ledger.Append(new RoundOpened(2, "open"));
        ledger.RatedBy(3);
        await scene.FoldAsync(host, ledger, ledger.Pages(1).Skip(9));
        var rebuilt = await scene.StartAsync(await servers.DatabaseAsync());
        await rebuilt.WaitForAsync(ledger);

        for (var version = 1L; version <= ledger.Size; version++)
        {
            var expected = Oracle.Matrix(ledger, version).Digest;
            Assert.Equal(expected, (await host.MatrixAsync(ledger, version)).Digest);
            Assert.Equal(expected, (await rebuilt.MatrixAsync(ledger, version)).Digest);
        }
    }

    [Fact]
    public async Task A_false_opening_keeps_the_close_of_its_round_from_being_folded()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun("blind").RatedBy(2);
        await host.WaitForAsync(ledger);
        ledger.FalsifyOpenings = true;
        ledger.Append(new RoundClosed(1));
        await MatrixHost.WaitUntilAsync(
            async () => (await host.FoldHealthAsync()).GetProperty("data").TryGetProperty("refusedByFeed", out _), () => "a refusal");
        Assert.Equal(6, (await host.WaitForAsync(ledger, 6)).Version);

        ledger.FalsifyOpenings = false;
        await host.WaitForAsync(ledger);
        Assert.Equal(Oracle.Matrix(ledger, 7).Digest, (await host.MatrixAsync(ledger, 7)).Digest);
        Assert.Equal("Healthy", (await host.FoldHealthAsync()).GetProperty("status").GetString());
    }
}
