using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.RepairingLedger;

/// <summary>
/// Finds events that the sequencer passed over (an append slower than the daemon's patience for a missing sequence number)
/// and gives them their entry. None is expected; each is counted and logged.
/// </summary>
internal sealed partial class LedgerRepair(
    IDocumentStore store, NpgsqlDataSource database, LedgerReader ledger, IntakeMetrics metrics, TimeProvider clock,
    ILogger<LedgerRepair> log)
    : BackgroundLoop(new Wake(TimeSpan.Zero, clock), Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);

    // Appends are given up after five seconds, so what is passed over lies close behind the progress.
    private const long Lookback = 100_000;
    private const int PageSize = 256;

    // The whole store may take longer to compare than an append may take.
    private const int CompareSeconds = 120;
    private const int MaxTries = 3;
    private readonly TimeProvider _clock = clock;

    /// <summary>Compares all events with all entries, and unless it is a dry run gives those without one their entry.</summary>
    public async Task<LedgerCheck> CheckAsync(bool dryRun, CancellationToken token)
    {
        var missing = await MissingAsync(long.MaxValue, token);
        var unfounded = await UnfoundedAsync(token);
        if (!dryRun) await RepairPatientlyAsync(missing, token);
        return new LedgerCheck(dryRun, missing, unfounded, dryRun ? 0 : missing.Count);
    }

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        var missing = await MissingAsync(Lookback, token);
        metrics.Missing(missing.Count);
        if (missing.Count == 0) return false;
        await RepairAsync(missing, token);
        return true;
    }

    private async Task RepairPatientlyAsync(List<Guid> missing, CancellationToken token)
    {
        for (var attempt = 1; missing.Count > 0; attempt++)
            try
            {
                await RepairAsync(missing, token);
                return;
            }
            catch (Exception conflict) when (attempt < MaxTries && IsConflict(conflict))
            {
                // The sequencer, or the loop of this class, came first: what is still missing decides.
                missing = await MissingAsync(long.MaxValue, token);
            }
    }

    private static bool IsConflict(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.UniqueViolation;

    private async Task RepairAsync(List<Guid> missing, CancellationToken token)
    {
        await using var session = store.LightweightSession();
        var events = await session.Events.QueryAllRawEvents()
            .Where(stored => stored.Id.IsOneOf(missing)).OrderBy(stored => stored.Sequence).ToListAsync(token);
        // Its own memory of where ledgers end: the sequencer's belongs to the sequencer's thread.
        await new LedgerAppender(new LedgerEnds(database, ledger), _clock).AppendAsync([.. events], session, token);
        await session.SaveChangesAsync(token);
        metrics.Repaired(events.Count);
        LogRepaired(events.Count, events[0].Sequence);
    }

    private async Task<List<Guid>> MissingAsync(long lookback, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            with progress as (
                select last_seq_id as seq from {IntakeSchema.Name}.mt_event_progression
                    where name = '{LedgerSequencer.SubscriptionName}:All')
            select e.id from {IntakeSchema.Name}.mt_events e, progress p
            where e.seq_id <= p.seq and e.seq_id > p.seq - $2 and e.type = any($1)
              and not exists (select 1 from {IntakeSchema.Name}.ledger l where l.event_id = e.id)
            order by e.seq_id limit {PageSize}
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = LedgerEventNames.Types.Keys.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = lookback });
        return await IdsAsync(command, token);
    }

    /// <summary>Entries that no event stands behind: nothing here makes such, and nothing here mends them.</summary>
    private async Task<List<Guid>> UnfoundedAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.event_id from {IntakeSchema.Name}.ledger l
            where not exists (select 1 from {IntakeSchema.Name}.mt_events e where e.id = l.event_id) limit {PageSize}
            """);
        return await IdsAsync(command, token);
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand command, CancellationToken token)
    {
        command.CommandTimeout = CompareSeconds;
        var ids = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) ids.Add(rows.GetGuid(0));
        return ids;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} events had no ledger entry, from sequence {Sequence} on; they have one now")]
    private partial void LogRepaired(int count, long sequence);
}
