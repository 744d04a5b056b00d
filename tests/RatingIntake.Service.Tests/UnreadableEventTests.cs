using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>An event that cannot be read holds up the ledger, loudly, and is never skipped.</summary>
public sealed class UnreadableEventTests(IntakeMesh mesh) : IClassFixture<IntakeMesh>
{
    [Fact]
    public async Task The_sequencer_stops_at_an_event_that_it_cannot_read_and_goes_on_when_it_is_mended()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        var first = await RateAsync(ann, study, 0.1m);
        await ann.WaitForSizeAsync(study, 4);
        await RunAsync(
            """
            insert into intake.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)
            select nextval('intake.mt_events_sequence'), $2, stream_id, version + 1000, '{"round": "none"}', type, now(), tenant_id,
                mt_dotnet_type, headers, false
            from intake.mt_events where id = $1
            """, first, Unreadable);
        await RateAsync(ann, study, 0.2m);
        await WaitForErrorAsync();
        Assert.Equal(4, (await ann.GetAsync<TreeHead>($"ledger/{study}")).Size);

        await RunAsync("delete from intake.mt_events where id = $1", Unreadable);
        Assert.Equal(5, (await ann.WaitForSizeAsync(study, 5)).Size);
    }

    private static readonly Guid Unreadable = new("00000000-0000-0000-0000-00000000dead");

    private static async Task<Guid> RateAsync(AlignmentMesh.Tests.MeshClient client, string study, decimal best) =>
        (await client.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best)]))).EventId!.Value;

    private async Task WaitForErrorAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var log = mesh.Mesh.Service(MeshService.RatingIntake).Process;
        while (!log.RecentLines.Contains("ledger:All", StringComparison.Ordinal)) await Task.Delay(50, limit.Token);
    }

    private async Task RunAsync(string statement, params Guid[] ids)
    {
        await using var source = await mesh.DatabaseAsync();
        await using var command = source.CreateCommand(statement);
        foreach (var id in ids) command.Parameters.Add(new NpgsqlParameter { Value = id });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
