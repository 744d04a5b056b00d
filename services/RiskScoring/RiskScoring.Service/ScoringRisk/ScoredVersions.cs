using AlignmentMesh.EventStore;
using AlignmentMesh.ServiceDefaults;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace AlignmentMesh.RiskScoring.Service.ScoringRisk;

/// <summary>The store of what was scored: an event for each version, and where to find it.</summary>
internal sealed class ScoredVersions(IDocumentStore store)
{
    public const string Schema = "risk";

    public static void Configure(StoreOptions options)
    {
        options.Events.MapEventType<RiskReportRecorded>("risk-report-recorded");
        options.Schema.For<ScoredVersion>().Index(scored => new { scored.Study, scored.Version });
    }

    public async Task<ScoredVersion?> NewestAsync(string study, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.Query<ScoredVersion>().Where(scored => scored.Study == study)
            .OrderByDescending(scored => scored.Version).FirstOrDefaultAsync(token);
    }

    public async Task<ScoredVersion?> FindAsync(string study, long version, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<ScoredVersion>(ScoredVersion.IdOf(study, version), token);
    }

    /// <summary>Those of the versions that are scored, by id.</summary>
    public async Task<IReadOnlyDictionary<string, ScoredVersion>> FindAsync(IEnumerable<string> ids, CancellationToken token)
    {
        await using var session = store.QuerySession();
        var found = await session.LoadManyAsync<ScoredVersion>(token, ids);
        return found.ToDictionary(scored => scored.Id);
    }

    public async Task<IReadOnlyList<ScoredVersion>> ListAsync(string study, long from, int limit, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await session.Query<ScoredVersion>().Where(scored => scored.Study == study && scored.Version >= from)
            .OrderBy(scored => scored.Version).Take(limit).ToListAsync(token);
    }

    public async Task<RiskReportRecorded> ReadAsync(ScoredVersion scored, CancellationToken token)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync(
            StreamOf(scored.Study), scored.StreamVersion, fromVersion: scored.StreamVersion, token: token);
        return (RiskReportRecorded)events.Single().Data;
    }

    /// <summary>Records a version behind the newest one that the caller decided on.</summary>
    /// <returns>False when another process recorded one meanwhile: decide again.</returns>
    public async Task<bool> TryRecordAsync(
        RiskReportRecorded recorded, ScoredVersion? newest, string? traceparent, CancellationToken token)
    {
        var position = (newest?.StreamVersion ?? 0) + 1;
        await using var session = store.LightweightSession();
        var stream = newest is null
            ? session.Events.StartStream(StreamOf(recorded.Study), recorded)
            : session.Events.Append(StreamOf(recorded.Study), position, recorded);
        StoredTrace.Stamp(stream.Events[0], traceparent);
        session.Insert(new ScoredVersion(
            ScoredVersion.IdOf(recorded.Study, recorded.Version), recorded.Study, recorded.Version, position, recorded.MatrixDigest,
            recorded.Reports.ToDictionary(report => report.Lens, report => report.Digest!), recorded.ScoredAt));
        try
        {
            Failpoint.Reach("risk-before-commit");
            await session.SaveChangesAsync(token);
            Failpoint.Reach("risk-after-commit");
            return true;
        }
        catch (Exception failure) when (IsConflict(failure))
        {
            return false;
        }
    }

    private static bool IsConflict(Exception failure) => failure
        is EventStreamUnexpectedMaxEventIdException
            or Marten.Exceptions.ExistingStreamIdCollisionException or DocumentAlreadyExistsException
        || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static string StreamOf(string study) => "risk/" + study;
}
