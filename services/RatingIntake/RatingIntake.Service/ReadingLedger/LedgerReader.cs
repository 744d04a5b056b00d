using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.ServiceDefaults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ReadingLedger;

/// <summary>
/// Reads the ledger as anyone may see it: the one place where an entry's opening is given out or withheld.
/// </summary>
internal sealed class LedgerReader(NpgsqlDataSource database, PageKey pageKey)
{
    /// <summary>Entries in one page, in messages and in the feed.</summary>
    public const int MaxPage = 256;

    // A page ends early rather than grow past this many bytes of envelopes, but has at least one entry.
    private const int MaxPageBytes = 1024 * 1024;

    // An opening leaves intake only when its round is open to all or its RoundClosed has been sequenced.
    private const string Released =
        $"""
        (not l.blind or exists (select 1 from {IntakeSchema.Name}.ledger c
            where c.study = l.study and c.round = l.round and c.type = 'round-closed'))
        """;

    /// <summary>The size of a study's ledger, or null for an unknown study.</summary>
    public async Task<long?> SizeAsync(string study, CancellationToken token)
    {
        await using var command = database.CreateCommand($"select size from {IntakeSchema.Name}.ledger_head where study = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        return (long?)await command.ExecuteScalarAsync(token);
    }

    /// <summary>The tree over the first <paramref name="size"/> entries, from log2(size) rows.</summary>
    public async Task<CompactRange> RangeAsync(string study, long size, CancellationToken token)
    {
        var frontier = NodeAddress.Frontier(size);
        var nodes = await NodesAsync(study, frontier, token);
        return new CompactRange(size, [.. frontier.Select(node => nodes[node])]);
    }

    /// <summary>Stored hashes of complete subtrees.</summary>
    /// <exception cref="ProblemException">A row that the ledger counts is missing or is cut short.</exception>
    public async Task<Dictionary<NodeAddress, byte[]>> NodesAsync(
        string study, IReadOnlyCollection<NodeAddress> nodes, CancellationToken token)
    {
        if (nodes.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"select idx, nodes from {IntakeSchema.Name}.ledger where study = $1 and idx = any($2)");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = nodes.Select(node => node.Row).Distinct().ToArray() });
        var rows = new Dictionary<long, byte[]>();
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token)) rows[reader.GetInt64(0)] = reader.GetFieldValue<byte[]>(1);
        return nodes.Distinct().ToDictionary(
            node => node,
            node => rows.TryGetValue(node.Row, out var row) && row.Length >= node.Offset + Merkle.HashSize
                ? row[node.Offset..(node.Offset + Merkle.HashSize)]
                : throw IntakeProblems.DamagedAt(study, node.Row));
    }

    public async Task<TreeHead> HeadAsync(string study, long size, CancellationToken token) =>
        Sign(study, await RangeAsync(study, size, token));

    public async Task<LedgerHeads> HeadsAsync(CancellationToken token)
    {
        var sizes = new List<(string Study, long Size)>();
        await using (var command = database.CreateCommand($"select study, size from {IntakeSchema.Name}.ledger_head order by study"))
        await using (var reader = await command.ExecuteReaderAsync(token))
            while (await reader.ReadAsync(token)) sizes.Add((reader.GetString(0), reader.GetInt64(1)));
        var heads = new List<TreeHead>(sizes.Count);
        foreach (var (study, size) in sizes)
            try
            {
                heads.Add(await HeadAsync(study, size, token));
            }
            catch (ProblemException damaged) when (damaged.Type == IntakeProblems.LedgerDamaged)
            {
                // Asked for by name it says what is wrong; one study's rows must not keep the others from their readers.
            }

        return new LedgerHeads(heads);
    }

    /// <summary>Entries from <paramref name="from"/> on, and the signed head after the last of them.</summary>
    public async Task<LedgerPage> PageAsync(string study, long from, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.idx, l.leaf, l.traceparent, case when r then l.salt end, case when r then l.envelope end
            from {IntakeSchema.Name}.ledger l, lateral (select {Released} as r) released
            where l.study = $1 and l.idx >= $2 order by l.idx limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var entries = new List<LedgerEntry>();
        var bytes = 0;
        await using (var reader = await command.ExecuteReaderAsync(token))
            while ((entries.Count == 0 || bytes < MaxPageBytes) && await reader.ReadAsync(token))
            {
                entries.Add(Entry(reader));
                bytes += entries[^1].Opening?.Envelope.Length ?? 0;
            }

        return new LedgerPage(study, from, entries, await HeadAsync(study, from + entries.Count, token));
    }

    /// <summary>Openings of one round's ratings, or none while the round is blind and open.</summary>
    public Task<LedgerOpenings> OpeningsAsync(string study, int round, long from, int limit, CancellationToken token) =>
        OpeningsAsync(Released, study, round, from, limit, token);

    /// <summary>The others of the round: for <see cref="AuditingUnreleased.UnreleasedReading"/> alone, which records each read.</summary>
    public Task<LedgerOpenings> UnreleasedAsync(string study, int round, long from, int limit, CancellationToken token) =>
        OpeningsAsync($"not {Released}", study, round, from, limit, token);

    private async Task<LedgerOpenings> OpeningsAsync(
        string which, string study, int round, long from, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.idx, l.salt, l.envelope from {IntakeSchema.Name}.ledger l
            where l.study = $1 and l.round = $2 and l.idx >= $3 and {which} order by l.idx limit $4
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = round });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var openings = await OpeningsAsync(command, token);
        return new LedgerOpenings(study, round, openings, openings.Count == limit ? openings[^1].Index + 1 : null);
    }

    /// <summary>Openings of those of the entries that are released.</summary>
    public async Task<List<LedgerOpening>> OpeningsAsync(string study, IReadOnlyCollection<long> indexes, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.idx, l.salt, l.envelope from {IntakeSchema.Name}.ledger l
            where l.study = $1 and l.idx = any($2) and {Released} order by l.idx
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = indexes.ToArray() });
        return await OpeningsAsync(command, token);
    }

    private static async Task<List<LedgerOpening>> OpeningsAsync(NpgsqlCommand command, CancellationToken token)
    {
        var openings = new List<LedgerOpening>();
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
            openings.Add(Opening(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        return openings;
    }

    private TreeHead Sign(string study, CompactRange range)
    {
        var root = Convert.ToHexStringLower(range.Root());
        return new TreeHead(study, range.Size, root, pageKey.Sign(study, range.Size, root));
    }

    private static LedgerEntry Entry(NpgsqlDataReader row)
    {
        var index = row.GetInt64(0);
        var opening = row.IsDBNull(3) ? null : Opening(index, row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));
        return new LedgerEntry(
            index, Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1)), opening, row.IsDBNull(2) ? null : row.GetString(2));
    }

    private static LedgerOpening Opening(long index, byte[] salt, byte[] envelope) =>
        new(index, Convert.ToBase64String(salt), Encoding.UTF8.GetString(envelope));
}
