using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.MatrixAggregation.Domain;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>Where a recorded version is.</summary>
/// <param name="Position">Its event's version in the stream, from 1.</param>
/// <param name="SnapshotPosition">The newest event at or before it that has a snapshot.</param>
internal sealed record VersionPlace(long Version, long Position, long SnapshotPosition);

/// <param name="Traceparent">Trace context of the fold that recorded it.</param>
internal sealed record RecordedMatrix(VersionPlace Place, ConsensusMatrix Matrix, string? Traceparent);

/// <summary>The recorded versions of every study: events of <c>matrix/{study}</c>, and an index of where each one is.</summary>
internal sealed class VersionLog(IDocumentStore store, NpgsqlDataSource database)
{
    /// <summary>Events from one snapshot to the next: reading a version reads at most so many.</summary>
    public const int SnapshotEvery = 16;

    /// <summary>Adds the version to the session, to be committed with the entries that it was folded from.</summary>
    /// <returns>What will be recorded once the session is saved.</returns>
    public static RecordedMatrix Add(IDocumentSession session, RecordedMatrix? before, Revision revision, string? traceparent)
    {
        var matrix = revision.Matrix;
        var position = (before?.Place.Position ?? 0) + 1;
        var due = before is null || position - before.Place.SnapshotPosition >= SnapshotEvery;
        var recorded = MatrixDelta.Between(before?.Matrix, revision, due);
        var stream = MatrixSchema.StreamOf(matrix.Study);
        var action = before is null ? session.Events.StartStream(stream, recorded) : session.Events.Append(stream, position, recorded);
        StoredTrace.Stamp(action.Events[^1], traceparent);
        var snapshotPosition = recorded.Snapshot is null ? before!.Place.SnapshotPosition : position;
        session.QueueSqlCommand(
            $"""
            insert into {MatrixSchema.Name}.recorded_version
                (study, version, position, snapshot_position, as_of, root, digest, changed_cells) values (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            matrix.Study, matrix.Version, position, snapshotPosition, matrix.AsOf, matrix.Root, matrix.Digest!,
            MatrixDelta.CountCells(recorded));
        session.QueueSqlCommand(
            $"""
            insert into {MatrixSchema.Name}.head (study, version, digest) values (?, ?, ?)
            on conflict (study) do update set version = excluded.version, digest = excluded.digest
            """,
            matrix.Study, matrix.Version, matrix.Digest!);
        return new RecordedMatrix(new VersionPlace(matrix.Version, position, snapshotPosition), matrix, traceparent);
    }

    /// <summary>The newest version of every study.</summary>
    public async Task<IReadOnlyList<MatrixHead>> HeadsAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand($"select study, version, digest from {MatrixSchema.Name}.head order by study");
        var heads = new List<MatrixHead>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) heads.Add(new MatrixHead(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        return heads;
    }

    /// <summary>The newest version of one study, or null for an unknown study.</summary>
    public async Task<MatrixHead?> HeadAsync(string study, CancellationToken token)
    {
        await using var command = database.CreateCommand($"select version, digest from {MatrixSchema.Name}.head where study = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        await using var rows = await command.ExecuteReaderAsync(token);
        return await rows.ReadAsync(token) ? new MatrixHead(study, rows.GetInt64(0), rows.GetString(1)) : null;
    }

    /// <summary>Recorded versions below <paramref name="below"/>, newest first.</summary>
    public async Task<IReadOnlyList<MatrixVersion>> ListAsync(string study, long below, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select version, as_of, root, digest, changed_cells from {MatrixSchema.Name}.recorded_version
            where study = $1 and version < $2 order by version desc limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = below });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var versions = new List<MatrixVersion>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            versions.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt32(4)));
        return versions;
    }

    /// <summary>A recorded version, or null when that version was never recorded.</summary>
    public async Task<RecordedMatrix?> ReadAsync(string study, long version, CancellationToken token)
    {
        if (await PlaceAsync(study, version, token) is not { } place) return null;
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync(
            MatrixSchema.StreamOf(study), place.Position, fromVersion: place.SnapshotPosition, token: token);
        ConsensusMatrix? matrix = null;
        foreach (var stored in events) matrix = MatrixDelta.Apply(matrix, (MatrixVersionRecorded)stored.Data);
        return new RecordedMatrix(place, matrix!, StoredTrace.Of(events[^1]));
    }

    private async Task<VersionPlace?> PlaceAsync(string study, long version, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select position, snapshot_position from {MatrixSchema.Name}.recorded_version where study = $1 and version = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = version });
        await using var rows = await command.ExecuteReaderAsync(token);
        return await rows.ReadAsync(token) ? new VersionPlace(version, rows.GetInt64(0), rows.GetInt64(1)) : null;
    }
}
