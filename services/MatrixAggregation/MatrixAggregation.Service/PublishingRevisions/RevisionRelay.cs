using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.PublishingRevisions;

/// <summary>
/// Publishes the newest recorded version of each study, with confirm, and then moves its stored position: older versions may
/// be skipped, the newest never is. A version sent twice has the same message id.
/// </summary>
internal sealed class RevisionRelay(
    NpgsqlDataSource database, VersionLog versions, VersionCache cache, IPublishingBus bus, MatrixMetrics metrics,
    [FromKeyedServices(Wakes.Versions)] Wake wake, TimeProvider clock, ILogger<RevisionRelay> log)
    : BackgroundLoop(wake, Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    internal const long LockKey = 0x4D545258_52454C41;

    private readonly AdvisoryLock _turn = new(database, LockKey);

    /// <summary>The same for the same version, whoever sends it and how often.</summary>
    public static Guid MessageIdOf(string study, long version) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"MatrixRevised/{study}/{version}")).AsSpan(0, 16));

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        // Of several processes one relays, or every version would be sent by each.
        if (!await _turn.TryHoldAsync(token)) return false;
        foreach (var (study, version, relayed) in await BehindAsync(token)) await RelayAsync(study, version, relayed, token);
        return false;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _turn.DisposeAsync();
    }

    private async Task RelayAsync(string study, long version, long relayed, CancellationToken token)
    {
        var recorded = cache.Recorded(study, version) ?? await versions.ReadAsync(study, version, token)
            ?? throw new InvalidOperationException($"Version {version} of {study} is a head and was never recorded.");
        using (var span = StoredTrace.Start(MatrixTracing.Source, "matrix publish", ActivityKind.Producer, [recorded.Traceparent]))
        {
            span?.SetTag("alignmentmesh.study", study);
            span?.SetTag("alignmentmesh.matrix.version", version);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(ServiceDefaults.Bus.PublishTimeout);
            await bus.Publish(
                new MatrixRevised(study, version, recorded.Matrix),
                (PublishContext context) => context.MessageId = MessageIdOf(study, version), limit.Token);
        }

        Failpoint.Reach("relay-after-confirm");
        await MoveAsync(study, relayed, version, token);
        metrics.Published();
    }

    private async Task<List<(string Study, long Version, long Relayed)>> BehindAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select h.study, h.version, coalesce(r.version, 0)
            from {MatrixSchema.Name}.head h left join {MatrixSchema.Name}.relayed r using (study)
            where h.version > coalesce(r.version, 0) order by h.study
            """);
        var behind = new List<(string, long, long)>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) behind.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
        return behind;
    }

    /// <summary>From where it was: an operator who moved the position back meanwhile is heeded.</summary>
    private async Task MoveAsync(string study, long from, long version, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {MatrixSchema.Name}.relayed as r (study, version) values ($1, $2)
            on conflict (study) do update set version = excluded.version where r.version = $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = version });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        await command.ExecuteNonQueryAsync(token);
    }
}
