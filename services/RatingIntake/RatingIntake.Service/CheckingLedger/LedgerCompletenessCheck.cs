using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.CheckingLedger;

/// <summary>
/// Goes through everything that is stored, a page at a time and never in a hurry, again and again: every event has its entry,
/// every entry its event, every event is still what its leaf commits to, and the stored hashes follow from the leaves. It finds
/// what was changed behind the services and is too old for the signer to look at; it mends nothing.
/// </summary>
internal sealed partial class LedgerCompletenessCheck(
    IDocumentStore store, NpgsqlDataSource database, IntakeMetrics metrics, TimeProvider clock, ILogger<LedgerCompletenessCheck> log)
    : BackgroundLoop(new Wake(TimeSpan.Zero, clock), Rest, clock, log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int PageSize = 256;
    private const long SequencesPerPage = 10_000;

    private readonly TimeProvider _clock = clock;
    private CheckRound? _round;

    /// <summary>The last check that came to its end; null before the first.</summary>
    public LedgerCompleteness? Last { get; private set; }

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        _round ??= new CheckRound(Now(), await LedgersAsync(token));
        if (_round.Ledgers.Count > 0) await CheckPageAsync(_round, token);
        else if (await CheckEventsAsync(_round, token))
        {
            Finish(_round.Report(Now()));
            _round = null;
            return false;
        }

        await Task.Delay(Pause, _clock, token);
        return true;
    }

    private void Finish(LedgerCompleteness report)
    {
        Last = report;
        metrics.Checked(report);
        foreach (var finding in report.First)
            LogFinding(finding.Kind, finding.Study, finding.Index, finding.EventId, finding.What);
    }

    private async Task CheckPageAsync(CheckRound round, CancellationToken token)
    {
        var (study, size) = round.Ledgers.Peek();
        var entries = await EntriesAsync(study, round.Index, size, token);
        var events = await EventsAsync(round, study, entries, token);
        foreach (var entry in entries)
        {
            round.Place(entry);
            if (events is null) continue;
            foreach (var flaw in entry.FlawsBeside(events.GetValueOrDefault(entry.EventId)))
                round.Add(study, entry.Index, entry.EventId, flaw.Kind, flaw.What);
        }

        if (entries.Count == PageSize && round.Index < size) return;
        await CheckEndAsync(round, study, token);
        round.NextLedger();
    }

    /// <summary>Read one by one where the page cannot be read: an event that cannot is a finding of its own.</summary>
    private async Task<Dictionary<Guid, IEvent>?> EventsAsync(
        CheckRound round, string study, List<StoredEntry> entries, CancellationToken token)
    {
        await using var session = store.QuerySession();
        Guid[] ids = [.. entries.Select(entry => entry.EventId)];
        try
        {
            return await LoadAsync(session, ids, token);
        }
        catch (Exception unreadable) when (unreadable is not (NpgsqlException or OperationCanceledException or TimeoutException))
        {
            foreach (var entry in entries) await TryReadAsync(round, study, entry, session, token);
            return null;
        }
    }

    private static async Task TryReadAsync(
        CheckRound round, string study, StoredEntry entry, IQuerySession session, CancellationToken token)
    {
        try
        {
            var one = await LoadAsync(session, [entry.EventId], token);
            foreach (var flaw in entry.FlawsBeside(one.GetValueOrDefault(entry.EventId)))
                round.Add(study, entry.Index, entry.EventId, flaw.Kind, flaw.What);
        }
        catch (Exception unreadable) when (unreadable is not (NpgsqlException or OperationCanceledException or TimeoutException))
        {
            round.Add(study, entry.Index, entry.EventId, "event-unreadable", $"The event cannot be read: {unreadable.GetType().Name}.");
        }
    }

    private static async Task<Dictionary<Guid, IEvent>> LoadAsync(IQuerySession session, Guid[] ids, CancellationToken token) =>
        (await session.Events.QueryAllRawEvents().Where(stored => stored.Id.IsOneOf(ids)).ToListAsync(token))
        .ToDictionary(stored => stored.Id);

    private async Task CheckEndAsync(CheckRound round, string study, CancellationToken token)
    {
        // In one statement: the ledger grows meanwhile.
        await using var command = database.CreateCommand(
            $"""
            select coalesce((select max(idx) + 1 from {IntakeSchema.Name}.ledger where study = $1), 0),
                coalesce((select size from {IntakeSchema.Name}.ledger_head where study = $1), 0)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        await using var row = await command.ExecuteReaderAsync(token);
        await row.ReadAsync(token);
        var (rows, size) = (row.GetInt64(0), row.GetInt64(1));
        if (rows != size)
            round.Add(study, Math.Min(rows, size), null, "size-differs", $"The ledger counts {size} entries; its rows end after {rows}.");
    }

    /// <returns>True when all events have been looked at.</returns>
    private async Task<bool> CheckEventsAsync(CheckRound round, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            with progress as (
                select coalesce(max(last_seq_id), 0) as seq from {IntakeSchema.Name}.mt_event_progression
                    where name = '{LedgerSequencer.SubscriptionName}:All')
            select p.seq, e.id, e.stream_id from progress p left join {IntakeSchema.Name}.mt_events e
                on e.seq_id > $1 and e.seq_id <= least($1 + {SequencesPerPage}, p.seq) and e.type = any($2)
                and not exists (select 1 from {IntakeSchema.Name}.ledger l where l.event_id = e.id)
            limit {CheckRound.MostNamed}
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = round.Sequence });
        command.Parameters.Add(new NpgsqlParameter { Value = LedgerEventNames.Types.Keys.ToArray() });
        long sequenced = 0;
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
        {
            sequenced = rows.GetInt64(0);
            if (!rows.IsDBNull(1))
                round.Add(
                    Domain.StreamKeys.StudyOf(rows.GetString(2)), null, rows.GetGuid(1), "event-without-entry",
                    "The sequencer has passed the event, and the ledger has no entry of it.");
        }

        round.Sequence += SequencesPerPage;
        return round.Sequence >= sequenced;
    }

    private async Task<List<StoredEntry>> EntriesAsync(string study, long from, long size, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select idx, event_id, type, round, blind, leaf, nodes, salt, envelope from {IntakeSchema.Name}.ledger
            where study = $1 and idx >= $2 and idx < $3 order by idx limit {PageSize}
            """);
        foreach (var value in new object[] { study, from, size }) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var entries = new List<StoredEntry>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            entries.Add(new StoredEntry(
                rows.GetInt64(0), rows.GetGuid(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.GetBoolean(4),
                rows.GetFieldValue<byte[]>(5), rows.GetFieldValue<byte[]>(6), rows.GetFieldValue<byte[]>(7),
                rows.GetFieldValue<byte[]>(8)));
        return entries;
    }

    /// <summary>Of every study, also one whose head is gone.</summary>
    private async Task<List<(string Study, long Size)>> LedgersAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select coalesce(substr(s.id, 7), h.study), coalesce(h.size, 0) from {IntakeSchema.Name}.mt_streams s
            full join {IntakeSchema.Name}.ledger_head h on s.id = 'study/' || h.study where s.id is null or s.id like 'study/%'
            """);
        var ledgers = new List<(string, long)>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) ledgers.Add((rows.GetString(0), rows.GetInt64(1)));
        return ledgers;
    }

    private string Now() => Timestamps.Format(_clock.GetUtcNow());

    [LoggerMessage(LogLevel.Error, "The ledger is not complete ({Kind}): study {Study}, entry {Index}, event {EventId}. {What}")]
    private partial void LogFinding(string kind, string? study, long? index, Guid? eventId, string what);
}
