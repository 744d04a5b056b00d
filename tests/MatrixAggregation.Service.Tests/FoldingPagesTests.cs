using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.PublishingRevisions;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class FoldingPagesTests(Servers servers)
{
    [Fact]
    public async Task A_page_becomes_the_version_of_its_size_and_is_published()
    {
        await using var scene = await servers.SceneAsync();
        await scene.ListenAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(3);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.PublishAsync(ledger.Page(0, 7));
        await host.WaitForAsync(ledger);

        var expected = Oracle.Matrix(ledger, 7);
        Assert.Equal([7L], (await host.VersionsAsync(ledger)).Select(version => version.Version));
        Assert.Equal(expected.Digest, (await host.MatrixAsync(ledger, 7)).Digest);
        Assert.Equal(ledger.Head(7).Root, expected.Root);
        await MatrixHost.WaitUntilAsync(() => Task.FromResult(scene.Revisions.All().Count == 1), () => "one MatrixRevised");
        var published = scene.Revisions.All()[0];
        Assert.Equal(RevisionRelay.MessageIdOf(ledger.Study, 7), published.MessageId);
        Assert.Equal(7, published.Message.Version);
        Assert.Equal(expected.Digest, Consensus.DigestOf(published.Message.Matrix));
    }

    [Fact]
    public async Task Repeated_and_shuffled_pages_give_the_same_versions_bit_for_bit()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(56);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        var pages = ledger.Pages(5);
        // A fixed shuffle: every page twice, far from its place.
        var shuffled = pages.Concat(pages).Select((page, at) => (Page: page, Key: at * 7919 % 97))
            .OrderBy(pair => pair.Key).Select(pair => pair.Page);
        await scene.PublishAsync([pages[0]]);
        await host.WaitForAsync(ledger, 5);
        scene.Intake.ShowAll(ledger);
        await scene.PublishAsync(shuffled);
        await host.WaitForAsync(ledger);

        var versions = await host.VersionsAsync(ledger);
        Assert.Equal(60, versions[0].Version);
        Assert.Equal(versions.Select(version => version.Version).Distinct().OrderDescending(), versions.Select(version => version.Version));
        Assert.All(versions, version => Assert.Equal(Oracle.Matrix(ledger, version.Version).Digest, version.Digest));
        Assert.Equal(60L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry"));
    }

    [Fact]
    public async Task A_gap_is_filled_from_the_feed_before_the_page_behind_it_is_folded()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(26);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.PublishAsync(ledger.Page(0, 10));
        await host.WaitForAsync(ledger, 10);
        scene.Intake.Show(ledger, 20);
        await scene.PublishAsync(ledger.Page(20, 30));
        await host.WaitForAsync(ledger);

        Assert.Equal(10, scene.Intake.EntriesGiven);
        Assert.Equal([30L, 20, 10], (await host.VersionsAsync(ledger)).Select(version => version.Version));
        Assert.Equal(Oracle.Matrix(ledger, 30).Digest, (await host.MatrixAsync(ledger, 30)).Digest);
    }

    [Fact]
    public async Task Entries_that_no_message_announced_are_found_by_comparing_sizes()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(400);
        await host.WaitForAsync(ledger);

        Assert.Equal(Oracle.Matrix(ledger, 404).Digest, (await host.MatrixAsync(ledger, 404)).Digest);
    }

    [Fact]
    public async Task Folding_goes_on_in_the_trace_of_the_request_that_caused_the_entry()
    {
        await using var scene = await servers.SceneAsync();
        await scene.ListenAsync();
        var ledger = scene.Intake.Study().Begun();
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.PublishAsync(ledger.Page(0, 4));
        await host.WaitForAsync(ledger);

        var stored = (string?)await Sql.ScalarAsync(scene.Database, "select headers ->> 'traceparent' from matrix.mt_events");
        Assert.Equal(StudyLedger.TraceparentOf(0).Split('-')[1], stored?.Split('-')[1]);
        await MatrixHost.WaitUntilAsync(() => Task.FromResult(scene.Revisions.All().Count == 1), () => "one MatrixRevised");
        var published = scene.Revisions.All()[0].Headers.Get<string>("MT-Activity-Id");
        Assert.Equal(StudyLedger.TraceparentOf(0).Split('-')[1], published?.Split('-')[1]);
    }
}
