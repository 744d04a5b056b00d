using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>When a cell changed, read from what the recorded versions say has changed in them.</summary>
internal sealed class CellChanges(NpgsqlDataSource database)
{
    /// <summary>Recorded versions looked at for one answer: the price of a cell that hardly ever changes.</summary>
    internal const int MostVersions = 2000;

    private const string Looked =
        $"""
        select version, as_of, position from {MatrixSchema.Name}.recorded_version
        where study = $1 and version < $2 and changed_cells > 0 order by version desc
        """;

    /// <summary>The newest changes below a version.</summary>
    /// <param name="below">Only versions smaller than this.</param>
    public async Task<CellHistory> ReadAsync(
        string study, string technique, string failureMode, long below, int limit, CancellationToken token)
    {
        await using var command = Command(
            $"""
            select r.version, r.as_of, cell.value::text from ({Looked} limit $3) r
            join {MatrixSchema.Name}.mt_events e on e.stream_id = $4 and e.version = r.position
            cross join lateral jsonb_array_elements(e.data -> 'cells' -> '{Method.Rohl1}') cell
            where cell.value ->> 'technique' = $5 and cell.value ->> 'failureMode' = $6
            order by r.version desc limit $7
            """,
            study, below, MostVersions, MatrixSchema.StreamOf(study), technique, failureMode, limit);
        var changes = new List<CellAtVersion>();
        await using (var rows = await command.ExecuteReaderAsync(token))
            while (await rows.ReadAsync(token))
                changes.Add(Read(rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        return new CellHistory(changes, changes.Count == limit ? changes[^1].Version : await NextAsync(study, below, token));
    }

    /// <summary>The last version that was looked at, when there may be older ones.</summary>
    private async Task<long?> NextAsync(string study, long below, CancellationToken token)
    {
        await using var command = Command($"select version from ({Looked} limit 1 offset $3) r", study, below, MostVersions - 1);
        return await command.ExecuteScalarAsync(token) as long?;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static CellAtVersion Read(long version, string asOf, string json)
    {
        var cell = JsonSerializer.Deserialize<ConsensusCell>(json, ContractJson.Options)!;
        return new CellAtVersion(
            version, asOf, cell.Mean, cell.Lower90, cell.Upper90, cell.Verdict, cell.Status, cell.Organisations, cell.Raters);
    }
}
