using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class RefusingPagesTests(Servers servers)
{
    [Theory]
    [InlineData("wrong-signature")]
    [InlineData("wrong-root")]
    [InlineData("wrong-commitment")]
    [InlineData("unreadable-entry")]
    [InlineData("malformed")]
    public async Task A_forged_page_is_refused_and_reported_and_the_good_one_still_folds(string reason)
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun().RatedBy(6);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.PublishAsync(ledger.Page(0, 5));
        await host.WaitForAsync(ledger, 5);
        await scene.PublishAsync(Enumerable.Repeat(Forge(ledger.Page(5, 10), reason), 40));

        await MatrixHost.WaitUntilAsync(
            async () => (await host.FoldHealthAsync()).GetProperty("data").GetProperty("refusedMessages").GetInt64() == 40,
            () => "40 refused messages");
        var refused = (await host.FoldHealthAsync()).GetProperty("data").GetProperty("lastRefusedMessage");
        Assert.Equal(reason, refused.GetProperty("reason").GetString());
        Assert.Equal(ledger.Study, refused.GetProperty("study").GetString());
        Assert.Equal(5, (await host.WaitForAsync(ledger, 5)).Version);
        Assert.Equal(5L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry"));

        await scene.PublishAsync(ledger.Page(5, 10));
        await host.WaitForAsync(ledger);
        Assert.Equal(Oracle.Matrix(ledger, 10).Digest, (await host.MatrixAsync(ledger, 10)).Digest);
    }

    [Fact]
    public async Task An_opening_taken_off_on_the_way_is_read_from_the_feed()
    {
        await using var scene = await servers.SceneAsync();
        var ledger = scene.Intake.Study().Begun("blind");
        ledger.Append(new OrganisationRemoved("lab-b", "Left."));
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        await scene.PublishAsync(ledger.Page(0, 4));
        await host.WaitForAsync(ledger, 4);
        scene.Intake.ShowAll(ledger);
        var page = ledger.Page(4, 5);
        await scene.PublishAsync(page with { Entries = [page.Entries[0] with { Opening = null }] });
        await host.WaitForAsync(ledger);

        Assert.Equal(1, scene.Intake.EntriesGiven);
        Assert.Equal(1L, await Sql.ScalarAsync(
            scene.Database, "select count(*) from matrix.folded_entry where idx = 4 and envelope is not null"));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_folded_is_reported_and_nothing_of_it_is_stored()
    {
        await using var scene = await servers.SceneAsync();
        var host = await scene.StartAsync();
        var ledger = scene.Intake.Study().Begun();
        ledger.Append(new RoundClosed(2));
        await MatrixHost.WaitUntilAsync(
            async () => (await host.FoldHealthAsync()).GetProperty("data").TryGetProperty("refusedByFeed", out _), () => "a refusal");

        var health = await host.FoldHealthAsync();
        Assert.Equal("Degraded", health.GetProperty("status").GetString());
        Assert.Equal("cannot-stand", health.GetProperty("data").GetProperty("refusedByFeed")[0].GetProperty("reason").GetString());
        Assert.Equal(0L, await Sql.ScalarAsync(scene.Database, "select count(*) from matrix.folded_entry"));
    }

    private static LedgerPage Forge(LedgerPage page, string reason) => reason switch
    {
        "wrong-signature" => page with { Head = page.Head with { Signature = SignedByAnother(page.Head) } },
        "wrong-root" => WithFirst(
            page, page.Entries[0] with { Leaf = page.Entries[1].Leaf, Opening = page.Entries[1].Opening! with { Index = 5 } }),
        "wrong-commitment" => WithFirst(page, page.Entries[0] with { Opening = Altered(page.Entries[0].Opening!) }),
        "unreadable-entry" => WithFirst(page, page.Entries[0] with { Leaf = page.Entries[0].Leaf + " " }),
        _ => page with { From = 4 },
    };

    private static LedgerPage WithFirst(LedgerPage page, LedgerEntry first) => page with { Entries = [first, .. page.Entries.Skip(1)] };

    private static LedgerOpening Altered(LedgerOpening opening) =>
        opening with { Envelope = opening.Envelope.Replace("\"best\":\"0.", "\"best\":\"0.9", StringComparison.Ordinal) };

    private static string SignedByAnother(TreeHead head)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return TreeHeadSignature.Sign(key, head.Study, head.Size, head.Root);
    }
}
