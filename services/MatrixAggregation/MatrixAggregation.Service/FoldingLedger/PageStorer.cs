using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Folds a page and stores entries and version in one transaction.</summary>
internal sealed class PageStorer(
    FoldedStudies studies, PageFolder folder, IDocumentStore store, VersionCache cache, FoldReport report, MatrixMetrics metrics,
    TimeProvider clock)
{
    /// <param name="page">Starts at or before the study's size and ends beyond it.</param>
    /// <param name="cause">Trace context of what brought the page, or null.</param>
    /// <returns>False when another process stored entries first; they are in memory now and the page may be tried again.</returns>
    /// <exception cref="PageRefusedException">The page is not what intake sequenced.</exception>
    /// <exception cref="FeedUnreachableException">Openings are needed and cannot be asked for now.</exception>
    public async Task<bool> StoreAsync(LedgerPage page, string source, string? cause, CancellationToken token)
    {
        using var span = StoredTrace.Start(
            MatrixTracing.Source, "matrix fold", ActivityKind.Consumer, page.Entries.Select(entry => entry.Traceparent).Append(cause));
        span?.SetTag("alignmentmesh.study", page.Study);
        span?.SetTag("alignmentmesh.ledger.from", page.From);
        span?.SetTag("alignmentmesh.ledger.size", page.Head.Size);
        var before = studies.Of(page.Study);
        var folded = await folder.FoldAsync(before, page, token);
        var revision = Consensus.Of(folded.State, page.Head.Root, before.Recorded?.Matrix);
        try
        {
            await using var session = store.LightweightSession();
            FoldedEntries.Add(session, page.Study, folded.Entries, folded.Openings);
            var version = VersionLog.Add(session, before.Recorded, revision, span?.Id ?? cause);
            Failpoint.Reach("matrix-before-commit");
            await session.SaveChangesAsync(token);
            Failpoint.Reach("matrix-after-commit");
            studies.Set(new FoldedStudy(folded.State, folded.Range, version));
            cache.Remember(version);
        }
        catch (Exception failure) when (IsConflict(failure))
        {
            await StandBackAsync(page, failure, token);
            return false;
        }

        report.Folded(page.Study, page.Head.Size, folded.Entries.Count, source);
        var now = clock.GetUtcNow();
        foreach (var entry in folded.Entries) metrics.Counted(now - AcceptedAt(entry));
        return true;
    }

    // Only the envelope says when it was accepted; while a round is blind the ledger's time is all that is known.
    private static DateTimeOffset AcceptedAt(VerifiedEntry entry) =>
        Timestamps.Parse(entry.Fold.Envelope?.RecordedAt ?? entry.Fold.SequencedAt);

    private async Task StandBackAsync(LedgerPage page, Exception conflict, CancellationToken token)
    {
        metrics.Conflict();
        if (await studies.CatchUpAsync(page.Study, token)) return;
        if (!await studies.CatchUpWithRebuildAsync(page.Study, token))
            throw new PageRefusedException(
                RefusalReason.RepeatedEvent, $"An event of the page up to {page.Head.Size} is stored at another index.", conflict);
        cache.Clear();
    }

    private static bool IsConflict(Exception? failure) => failure switch
    {
        null => false,
        EventStreamUnexpectedMaxEventIdException or Marten.Exceptions.ExistingStreamIdCollisionException => true,
        PostgresException database => database.SqlState == PostgresErrorCodes.UniqueViolation,
        AggregateException several => several.InnerExceptions.Any(IsConflict),
        _ => IsConflict(failure.InnerException),
    };
}
