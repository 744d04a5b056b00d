using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>A verified entry, as it came and as it is folded.</summary>
internal sealed record VerifiedEntry(LedgerEntry Entry, FoldEntry Fold);

/// <summary>The service's own copy of what it folded: any version can be computed from it, without asking intake.</summary>
internal sealed class FoldedEntries(NpgsqlDataSource database)
{
    private const string Select = $"select idx, leaf, salt, envelope, traceparent from {MatrixSchema.Name}.folded_entry";

    /// <summary>Adds the entries, and the openings of entries stored before, to the session.</summary>
    public static void Add(
        IDocumentSession session, string study, IReadOnlyList<VerifiedEntry> entries, IReadOnlyList<LedgerOpening> openings)
    {
        session.QueueSqlCommand(
            $"""
            insert into {MatrixSchema.Name}.folded_entry (study, idx, event_id, sequenced_at, leaf, salt, envelope, traceparent)
            select ?, * from unnest(?, ?, ?, ?, ?, ?, ?)
            """,
            study,
            entries.Select(entry => entry.Fold.Index).ToArray(),
            entries.Select(entry => entry.Fold.EventId).ToArray(),
            entries.Select(entry => Timestamps.Parse(entry.Fold.SequencedAt)).ToArray(),
            entries.Select(entry => entry.Entry.Leaf).ToArray(),
            entries.Select(entry => SaltOf(entry.Entry.Opening)).ToArray(),
            entries.Select(entry => entry.Entry.Opening?.Envelope).ToArray(),
            entries.Select(entry => entry.Entry.Traceparent).ToArray());
        if (openings.Count == 0) return;
        session.QueueSqlCommand(
            $"""
            update {MatrixSchema.Name}.folded_entry e set salt = o.salt, envelope = o.envelope
            from unnest(?, ?, ?) as o (idx, salt, envelope) where e.study = ? and e.idx = o.idx
            """,
            openings.Select(opening => opening.Index).ToArray(),
            openings.Select(SaltOf).ToArray(),
            openings.Select(opening => opening.Envelope).ToArray(),
            study);
    }

    /// <summary>Entries [<paramref name="from"/>, <paramref name="until"/>) in order.</summary>
    public async IAsyncEnumerable<LedgerEntry> ReadAsync(
        string study, long from, long until, [EnumeratorCancellation] CancellationToken token)
    {
        await using var command = database.CreateCommand($"{Select} where study = $1 and idx >= $2 and idx < $3 order by idx");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) yield return Entry(rows);
    }

    /// <summary>Single entries, in order.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string study, IEnumerable<long> indexes, CancellationToken token)
    {
        await using var command = database.CreateCommand($"{Select} where study = $1 and idx = any($2) order by idx");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = indexes.ToArray() });
        var entries = new List<LedgerEntry>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) entries.Add(Entry(rows));
        return entries;
    }

    /// <summary>The greatest version whose last entry was sequenced at <paramref name="at"/> or before, or null when none was.</summary>
    public async Task<long?> VersionAtAsync(string study, DateTimeOffset at, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select max(idx) + 1 from {MatrixSchema.Name}.folded_entry where study = $1 and sequenced_at <= $2");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = at.UtcDateTime });
        return await command.ExecuteScalarAsync(token) as long?;
    }

    private static byte[]? SaltOf(LedgerOpening? opening) => opening is null ? null : Convert.FromBase64String(opening.Salt);

    private static LedgerEntry Entry(NpgsqlDataReader row)
    {
        var index = row.GetInt64(0);
        var opening = row.IsDBNull(3)
            ? null
            : new LedgerOpening(index, Convert.ToBase64String(row.GetFieldValue<byte[]>(2)), row.GetString(3));
        return new LedgerEntry(index, row.GetString(1), opening, row.IsDBNull(4) ? null : row.GetString(4));
    }
}
