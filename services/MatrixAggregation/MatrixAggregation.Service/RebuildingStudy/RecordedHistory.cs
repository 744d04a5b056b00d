using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

/// <summary>A version as it is recorded: what its row claims, and what its events come to.</summary>
/// <param name="Matrix">Null where the events cannot be read or do not fit each other.</param>
internal sealed record HistoricVersion(long Version, string Root, string Digest, ConsensusMatrix? Matrix);

/// <summary>Reads a study's recorded versions once through, in order.</summary>
/// <param name="before">The recorded version before the first one that is read; null where that is the study's first.</param>
internal sealed class RecordedHistory(IDocumentStore store, NpgsqlDataSource database, string study, ConsensusMatrix? before = null)
{
    private ConsensusMatrix? _matrix = before;

    /// <summary>Versions in (<paramref name="after"/>, <paramref name="until"/>]; each call continues where the last one ended.</summary>
    public async Task<IReadOnlyDictionary<long, HistoricVersion>> ReadAsync(long after, long until, CancellationToken token)
    {
        var rows = await RowsAsync(after, until, token);
        if (rows.Count == 0) return new Dictionary<long, HistoricVersion>();
        var events = await EventsAsync(rows.Min(row => row.Position), rows.Max(row => row.Position), token);
        var versions = new Dictionary<long, HistoricVersion>();
        foreach (var (position, version) in rows)
        {
            _matrix = Apply(_matrix, events.GetValueOrDefault(position));
            versions[version.Version] = version with { Matrix = _matrix };
        }

        return versions;
    }

    private static ConsensusMatrix? Apply(ConsensusMatrix? before, MatrixVersionRecorded? recorded)
    {
        try
        {
            return recorded is null ? null : MatrixDelta.Apply(before, recorded);
        }
        catch (Exception unfit) when (unfit is InvalidDataException or KeyNotFoundException)
        {
            // The version differs, which is what is looked for; the next snapshot begins anew.
            return null;
        }
    }

    private async Task<Dictionary<long, MatrixVersionRecorded>> EventsAsync(long from, long until, CancellationToken token)
    {
        try
        {
            await using var session = store.QuerySession();
            var events = await session.Events.FetchStreamAsync(MatrixSchema.StreamOf(study), until, fromVersion: from, token: token);
            return events.Where(stored => stored.Data is MatrixVersionRecorded)
                .ToDictionary(stored => stored.Version, stored => (MatrixVersionRecorded)stored.Data);
        }
        catch (Exception unreadable) when (unreadable is JsonException || unreadable.InnerException is JsonException)
        {
            // One event that is no longer JSON of its type makes the page unreadable: all its versions differ.
            return [];
        }
    }

    private async Task<List<(long Position, HistoricVersion Version)>> RowsAsync(long after, long until, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select version, position, root, digest from {MatrixSchema.Name}.recorded_version
            where study = $1 and version > $2 and version <= $3 order by version
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        var found = new List<(long, HistoricVersion)>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            found.Add((rows.GetInt64(1), new HistoricVersion(rows.GetInt64(0), rows.GetString(2), rows.GetString(3), null)));
        return found;
    }
}
