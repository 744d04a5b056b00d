using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.PublishingLedger;

/// <summary>
/// Hands committed entries to the broker, page by page, from a stored position of its own. A dead broker stalls nothing but
/// this loop; a page sent twice is a duplicate that consumers ignore.
/// </summary>
internal sealed class LedgerPublisher(
    NpgsqlDataSource database, LedgerReader ledger, IPublishingBus bus, IntakeMetrics metrics, Wake wake, TimeProvider clock,
    ILogger<LedgerPublisher> log) : BackgroundLoop(wake, Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    internal const long LockKey = 0x414C4D_5055_42;
    private const int StudiesPerPass = 64;

    private readonly AdvisoryLock _turn = new(database, LockKey);

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        // Of several processes one publishes: pages stay in order, and none is sent twice without need.
        if (!await _turn.TryHoldAsync(token)) return false;
        var behind = await BehindAsync(token);
        var published = await Task.WhenAll(behind.Select(study => PublishAsync(study.Study, study.Position, token)));
        return behind.Zip(published).Any(study => study.Second > study.First.Position && study.Second < study.First.Size);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _turn.DisposeAsync();
    }

    private async Task<long> PublishAsync(string study, long position, CancellationToken token)
    {
        var page = await ledger.PageAsync(study, position, LedgerReader.MaxPage, token);
        // Entries that the head counts and that are gone: the completeness check names them, and nobody is served by an empty page.
        if (page.Entries.Count == 0) return position;
        using var span = StoredTrace.Start(
            IntakeTracing.Source, "ledger publish", ActivityKind.Producer, page.Entries.Select(entry => entry.Traceparent));
        span?.SetTag("alignmentmesh.study", study);
        span?.SetTag("alignmentmesh.ledger.from", page.From);
        span?.SetTag("alignmentmesh.ledger.size", page.Head.Size);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Bus.PublishTimeout);
        await bus.Publish(new LedgerExtended(page), limit.Token);
        Failpoint.Reach("publisher-after-confirm");
        await MoveAsync(study, position, page.Head.Size, token);
        metrics.Published(page.Entries.Count);
        return page.Head.Size;
    }

    private async Task<List<(string Study, long Position, long Size)>> BehindAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select h.study, coalesce(p.size, 0), h.size from {IntakeSchema.Name}.ledger_head h
            left join {IntakeSchema.Name}.publication p using (study)
            where h.size > coalesce(p.size, 0) order by h.study limit {StudiesPerPass}
            """);
        var behind = new List<(string, long, long)>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) behind.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
        return behind;
    }

    /// <summary>From where this page began: an operator who moved the position back meanwhile is heeded.</summary>
    private async Task MoveAsync(string study, long from, long size, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {IntakeSchema.Name}.publication as p (study, size) values ($1, $2)
            on conflict (study) do update set size = excluded.size where p.size = $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        await command.ExecuteNonQueryAsync(token);
    }
}
