using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.WatchingPositions;

/// <summary>
/// Asks the database every few seconds where sequencer, high-water mark and publisher stand. It compares with the newest
/// event, because a daemon whose high-water agent died reports itself as caught up.
/// </summary>
internal sealed class PositionWatch(NpgsqlDataSource database, IntakeMetrics metrics, TimeProvider clock, ILogger<PositionWatch> log)
    : BackgroundLoop(new Wake(TimeSpan.Zero, clock), Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    // Every part is one look into an index, or into a table with a row a study.
    private const string Ask =
        $"""
        with position as (select
            coalesce((select max(seq_id) from {IntakeSchema.Name}.mt_events), 0) as newest,
            coalesce((select last_seq_id from {IntakeSchema.Name}.mt_event_progression where name = 'HighWaterMark'), 0) as mark,
            coalesce((select last_seq_id from {IntakeSchema.Name}.mt_event_progression
                where name = '{LedgerSequencer.SubscriptionName}:All'), 0) as sequenced)
        select greatest(p.newest - p.sequenced, 0),
            coalesce((select extract(epoch from clock_timestamp() - e.timestamp) from {IntakeSchema.Name}.mt_events e
                where e.seq_id > p.sequenced order by e.seq_id limit 1), 0)::float8,
            coalesce((select extract(epoch from clock_timestamp() - e.timestamp) from {IntakeSchema.Name}.mt_events e
                where e.seq_id > p.mark order by e.seq_id limit 1), 0)::float8,
            (select coalesce(sum(ending_sequence - starting_sequence), 0)::bigint from {IntakeSchema.Name}.mt_high_water_skips),
            (select coalesce(sum(h.size - coalesce(u.size, 0)), 0)::bigint from {IntakeSchema.Name}.ledger_head h
                left join {IntakeSchema.Name}.publication u using (study))
        from position p
        """;

    /// <summary>What the last look found.</summary>
    public Positions Last { get; private set; } = Positions.None;

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(Ask);
        await using var row = await command.ExecuteReaderAsync(token);
        await row.ReadAsync(token);
        Last = new Positions(row.GetInt64(0), row.GetDouble(1), row.GetDouble(2), row.GetInt64(3), row.GetInt64(4));
        metrics.At(Last);
        return false;
    }
}
