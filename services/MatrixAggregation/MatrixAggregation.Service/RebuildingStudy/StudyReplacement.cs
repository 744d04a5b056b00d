using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Marten;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

/// <summary>
/// Puts a study as it was folded anew in the place of what is stored, in one transaction: entries that differ are written over,
/// versions from the first difference on are recorded again at the end of the study's stream, and their rows point there. The
/// old events stay where they are, for whoever wants to know what was wrong. Whoever folds meanwhile in another process meets
/// the stream's version and stands back.
/// </summary>
internal sealed class StudyReplacement(
    IDocumentStore store, VersionLog versions, FoldedStudies studies, VersionCache cache, FoldReport report)
{
    /// <summary>Call it in a <see cref="FoldTurn"/>, with a fold that has reached the recorded head.</summary>
    public async Task ReplaceAsync(SideFold fold, CancellationToken token)
    {
        var study = fold.Folded.State.Study;
        await using var session = store.LightweightSession();
        if (fold.Entries.Count > 0)
        {
            session.QueueSqlCommand(
                $"delete from {MatrixSchema.Name}.folded_entry where study = ? and idx = any(?)",
                study, fold.Entries.Select(entry => entry.Fold.Index).ToArray());
            FoldedEntries.Add(session, study, fold.Entries, []);
        }

        var newest = await RecordAsync(session, fold, study, token);
        await session.SaveChangesAsync(token);
        cache.Clear();
        newest ??= await versions.ReadAsync(study, fold.Folded.Size, token);
        studies.Set(fold.Folded with { Recorded = newest });
        report.Unreproduced.TryRemove(study, out _);
    }

    /// <returns>The newest version, or null when none had to be recorded.</returns>
    private static async Task<RecordedMatrix?> RecordAsync(
        IDocumentSession session, SideFold fold, string study, CancellationToken token)
    {
        if (fold.Revisions.Count == 0) return null;
        session.QueueSqlCommand(
            $"delete from {MatrixSchema.Name}.recorded_version where study = ? and version >= ?",
            study, fold.Revisions[0].Matrix.Version);
        var stream = await session.Events.FetchStreamStateAsync(MatrixSchema.StreamOf(study), token);
        // Far enough behind that the first of them gets a snapshot: the deltas before it may be what is wrong.
        var newest = stream is null ? null : new RecordedMatrix(
            new VersionPlace(0, stream.Version, stream.Version - VersionLog.SnapshotEvery), fold.Revisions[0].Matrix, null);
        foreach (var revision in fold.Revisions) newest = VersionLog.Add(session, newest, revision, traceparent: null);
        return newest;
    }
}
