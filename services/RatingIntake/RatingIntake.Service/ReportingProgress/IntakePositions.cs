using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.PublishingLedger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ReportingProgress;

/// <summary>How far sequencer and publisher are, and whether anybody holds their locks.</summary>
internal sealed class IntakePositions(NpgsqlDataSource database, LedgerReader ledger)
{
    // The daemon's locks are small numbers; the publisher's and those that are hashes have an upper half.
    private const string Positions =
        $"""
        with held as (
            select l.classid = 0 as by_daemon, (l.classid::bigint << 32 | l.objid::bigint) = $1 as by_publisher from pg_locks l
            join pg_database d on d.oid = l.database and d.datname = current_database()
            where l.locktype = 'advisory' and l.granted)
        select
            coalesce((select max(seq_id) from {IntakeSchema.Name}.mt_events), 0),
            coalesce((select last_seq_id from {IntakeSchema.Name}.mt_event_progression
                where name = '{LedgerSequencer.SubscriptionName}:All'), 0),
            exists (select 1 from held where by_daemon), exists (select 1 from held where by_publisher)
        """;

    public async Task<IntakeProgress> ReadAsync(CancellationToken token)
    {
        var published = await PublishedAsync(token);
        var heads = await ledger.HeadsAsync(token);
        await using var command = database.CreateCommand(Positions);
        command.Parameters.Add(new NpgsqlParameter { Value = LedgerPublisher.LockKey });
        await using var row = await command.ExecuteReaderAsync(token);
        await row.ReadAsync(token);
        return new IntakeProgress(
            row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2), row.GetBoolean(3),
            [.. heads.Heads.Select(head =>
                new PublishedLedger(head.Study, head.Size, head.Root, published.GetValueOrDefault(head.Study)))]);
    }

    private async Task<Dictionary<string, long>> PublishedAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand($"select study, size from {IntakeSchema.Name}.publication");
        var published = new Dictionary<string, long>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) published[rows.GetString(0)] = rows.GetInt64(1);
        return published;
    }
}
