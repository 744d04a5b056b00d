using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;
using JasperFx.Events;
using Marten;

namespace AlignmentMesh.RatingIntake.Service.SequencingLedger;

/// <summary>Queues ledger rows for events in the order given; the caller's transaction commits them.</summary>
internal sealed class LedgerAppender(LedgerEnds ends, TimeProvider clock)
{
    private const string InsertRows =
        $"""
        insert into {IntakeSchema.Name}.ledger(study, idx, event_id, seq, type, round, blind, leaf, nodes, salt, envelope, traceparent)
        select * from unnest(?::text[], ?::bigint[], ?::uuid[], ?::bigint[], ?::text[], ?::int[], ?::bool[],
            ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[])
        """;

    private const string MoveHeads =
        $"""
        insert into {IntakeSchema.Name}.ledger_head as h (study, size, sequenced_at)
        select * from unnest(?::text[], ?::bigint[], ?::text[])
        on conflict (study) do update set size = excluded.size, sequenced_at = excluded.sequenced_at
        """;

    public async Task<IReadOnlyList<LedgerRow>> AppendAsync(
        IReadOnlyList<IEvent> events, IDocumentOperations operations, CancellationToken token)
    {
        if (events.Count == 0) return [];
        var byStudy = events.GroupBy(stored => StreamKeys.StudyOf(stored.StreamKey!)).ToArray();
        var before = await ends.LoadAsync(byStudy.Select(study => study.Key).ToArray(), token);
        var now = Timestamps.Format(clock.GetUtcNow());
        var after = new Dictionary<string, LedgerEnd>();
        var rows = new List<LedgerRow>(events.Count);
        foreach (var study in byStudy)
        {
            var end = before[study.Key];
            // The clock may step back; sequencedAt never does.
            var at = string.CompareOrdinal(now, end.SequencedAt) > 0 ? now : end.SequencedAt;
            rows.AddRange(study.Select(stored => LedgerRow.From(stored, end.Range, at)));
            after[study.Key] = end with { SequencedAt = at };
        }

        Queue(rows, after, operations);
        ends.Remember(after);
        return rows;
    }

    private static void Queue(List<LedgerRow> rows, Dictionary<string, LedgerEnd> after, IDocumentOperations operations)
    {
        operations.QueueSqlCommand(
            InsertRows,
            rows.Select(row => row.Study).ToArray(),
            rows.Select(row => row.Index).ToArray(),
            rows.Select(row => row.EventId).ToArray(),
            rows.Select(row => row.Sequence).ToArray(),
            rows.Select(row => row.Type).ToArray(),
            rows.Select(row => row.Round).ToArray(),
            rows.Select(row => row.Blind).ToArray(),
            rows.Select(row => row.Leaf).ToArray(),
            rows.Select(row => row.Nodes).ToArray(),
            rows.Select(row => row.Salt).ToArray(),
            rows.Select(row => row.Envelope).ToArray(),
            rows.Select(row => row.Traceparent).ToArray());
        operations.QueueSqlCommand(
            MoveHeads,
            after.Keys.ToArray(),
            after.Values.Select(end => end.Range.Size).ToArray(),
            after.Values.Select(end => end.SequencedAt).ToArray());
    }
}
