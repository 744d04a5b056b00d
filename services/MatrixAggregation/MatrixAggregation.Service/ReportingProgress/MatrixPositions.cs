using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.PublishingRevisions;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.ReportingProgress;

/// <summary>How far the fold and the relay are, of every study that has a version.</summary>
internal sealed class MatrixPositions(NpgsqlDataSource database, VersionLog versions, FoldedStudies studies, FoldReport report)
{
    public async Task<MatrixProgress> ReadAsync(CancellationToken token)
    {
        var relayed = await RelayedAsync(token);
        var lag = report.Lag;
        var heads = await versions.HeadsAsync(token);
        return new MatrixProgress(
            report.FeedReachable, await IsRelayHeldAsync(token), [.. heads.Select(head => Of(head, relayed, lag))]);
    }

    private FoldedLedger Of(MatrixHead head, Dictionary<string, long> relayed, IReadOnlyDictionary<string, long> lag)
    {
        var folded = studies.Of(head.Study);
        return new FoldedLedger(
            head.Study, folded.Size, Convert.ToHexStringLower(folded.Range.Root()), head.Version, head.Digest,
            relayed.GetValueOrDefault(head.Study), folded.Size + lag.GetValueOrDefault(head.Study));
    }

    private async Task<Dictionary<string, long>> RelayedAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand($"select study, version from {MatrixSchema.Name}.relayed");
        var relayed = new Dictionary<string, long>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) relayed[rows.GetString(0)] = rows.GetInt64(1);
        return relayed;
    }

    private async Task<bool> IsRelayHeldAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            """
            select exists (select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
                where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = $1)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = RevisionRelay.LockKey });
        return await command.ExecuteScalarAsync(token) is true;
    }
}
