using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.EndToEnd.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnHarmedLedgers.Name)]
public sealed class PublishingLedgerTests(IntakeMesh mesh)
{
    [Fact]
    public async Task An_entry_that_is_counted_and_gone_is_not_published_as_an_empty_page_again_and_again()
    {
        await using var tap = await BrokerTap.StartAsync(mesh.Mesh.Servers.RabbitMqUri, nameof(LedgerExtended));
        var (broken, whole) = (await mesh.StudyAsync(), await mesh.StudyAsync());
        await WaitForPublishedAsync(tap, broken, 3);
        await using var database = await mesh.DatabaseAsync();
        await using var harm = database.CreateCommand(
            $"""
            with gone as (delete from intake.ledger where study = '{broken}' and idx = 2)
            update intake.publication set size = 2 where study = '{broken}'
            """);
        Assert.Equal(1, await harm.ExecuteNonQueryAsync());
        // Two passes at least, in which that study is behind.
        foreach (var size in new[] { 4, 5 })
        {
            await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
                $"studies/{whole}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: size / 10m)]));
            await WaitForPublishedAsync(tap, whole, size);
        }

        Assert.DoesNotContain(tap.Messages.Select(Page), page => page.Entries.Count == 0);
    }

    private static async Task WaitForPublishedAsync(BrokerTap tap, string study, long size)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!tap.Messages.Select(Page).Any(page => page.Study == study && page.Head.Size >= size)) await Task.Delay(20, limit.Token);
    }

    private static LedgerPage Page(string message) =>
        JsonDocument.Parse(message).RootElement.GetProperty("message").Deserialize<LedgerExtended>(ContractJson.Options)!.Page;
}
