using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using Npgsql;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>When a ledger entry's transaction committed.</summary>
internal readonly record struct StoredEntry(string Study, long Index, DateTime At);

/// <summary>
/// What the services stored, and when it committed by the database's own record (track_commit_timestamp). Asked after a
/// phase, so that measuring costs nothing while it lasts.
/// </summary>
internal sealed class Stores(string intake, string matrix, string risk) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _intake = NpgsqlDataSource.Create(intake);
    private readonly NpgsqlDataSource _matrix = NpgsqlDataSource.Create(matrix);
    private readonly NpgsqlDataSource _risk = NpgsqlDataSource.Create(risk);

    public Task<Dictionary<string, long>> LedgerSizesAsync(CancellationToken token) =>
        SizesAsync(_intake, "select study, size from intake.ledger_head", token);

    public Task<Dictionary<string, long>> MatrixVersionsAsync(CancellationToken token) =>
        SizesAsync(_matrix, "select study, version from matrix.head", token);

    public Task<Dictionary<string, long>> RiskVersionsAsync(CancellationToken token) => SizesAsync(
        _risk, "select data->>'study', max((data->>'version')::bigint) from risk.mt_doc_scoredversion group by 1", token);

    /// <summary>The entries of the studies behind the given sizes, by event.</summary>
    public async Task<Dictionary<Guid, StoredEntry>> EntriesAsync(IReadOnlyDictionary<string, long> from, CancellationToken token)
    {
        await using var command = _intake.CreateCommand(
            """
            select l.study, l.event_id, l.idx, pg_xact_commit_timestamp(l.xmin)
            from intake.ledger l join unnest($1::text[], $2::bigint[]) f(study, size) on l.study = f.study and l.idx >= f.size
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = from.Keys.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = from.Values.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(token);
        var entries = new Dictionary<Guid, StoredEntry>();
        while (await rows.ReadAsync(token))
            entries[rows.GetGuid(1)] = new StoredEntry(rows.GetString(0), rows.GetInt64(2), rows.GetDateTime(3));
        return entries;
    }

    public Task<IReadOnlyList<StoredVersion>> MatrixAsync(string study, long above, CancellationToken token) => VersionsAsync(
        _matrix,
        "select version, pg_xact_commit_timestamp(xmin) from matrix.recorded_version where study = $1 and version > $2 order by 1",
        study, above, token);

    public Task<IReadOnlyList<StoredVersion>> RiskAsync(string study, long above, CancellationToken token) => VersionsAsync(
        _risk,
        """
        select (data->>'version')::bigint, pg_xact_commit_timestamp(xmin) from risk.mt_doc_scoredversion
        where data->>'study' = $1 and (data->>'version')::bigint > $2 order by 1
        """,
        study, above, token);

    /// <summary>Empties matrix-aggregation's database, which must not run meanwhile.</summary>
    public async Task EmptyMatrixAsync(CancellationToken token)
    {
        await using var command = _matrix.CreateCommand("drop schema matrix cascade");
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Ratings in the ledgers below the given sizes.</summary>
    public async Task<long> RatingsAsync(CancellationToken token)
    {
        await using var command = _intake.CreateCommand(
            "select coalesce(sum(jsonb_array_length(data->'items')), 0)::bigint from intake.mt_events where type = 'ratings-submitted'");
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        await _matrix.DisposeAsync();
        await _risk.DisposeAsync();
    }

    private static async Task<Dictionary<string, long>> SizesAsync(NpgsqlDataSource database, string sql, CancellationToken token)
    {
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(token);
        var sizes = new Dictionary<string, long>();
        while (await rows.ReadAsync(token)) sizes[rows.GetString(0)] = rows.GetInt64(1);
        return sizes;
    }

    private static async Task<IReadOnlyList<StoredVersion>> VersionsAsync(
        NpgsqlDataSource database, string sql, string study, long above, CancellationToken token)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = above });
        await using var rows = await command.ExecuteReaderAsync(token);
        var versions = new List<StoredVersion>();
        while (await rows.ReadAsync(token)) versions.Add(new StoredVersion(rows.GetInt64(0), rows.GetDateTime(1)));
        return versions;
    }
}
