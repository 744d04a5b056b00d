using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary>One study along the way, and what is not as it should be.</summary>
internal sealed record ReconciledStudy(
    string Study, long Ledger, long Published, long Folded, long Version, long Scored, IReadOnlyList<string> Findings);

/// <summary>All studies, and what concerns none of them.</summary>
/// <param name="Repaired">What was repaired before this was read; null without --repair.</param>
internal sealed record Reconciled(
    bool Consistent, IReadOnlyList<ReconciledStudy> Studies, IReadOnlyList<string> Findings, IReadOnlyList<string>? Repaired);

/// <summary>Compares what the three services say. No I/O.</summary>
internal static class Reconciliation
{
    /// <param name="roots">By study, the ledger's root at the size that matrix-aggregation has folded.</param>
    public static Reconciled Compare(
        Positions positions, LedgerCheck ledger, IReadOnlyDictionary<string, string> roots, IReadOnlyList<string>? repaired)
    {
        var matrix = positions.Matrix.Studies.ToDictionary(study => study.Study);
        var risk = positions.Risk.Studies.ToDictionary(study => study.Study);
        var studies = positions.Intake.Studies.Select(study => Study(
            study, matrix.GetValueOrDefault(study.Study), risk.GetValueOrDefault(study.Study), roots.GetValueOrDefault(study.Study)))
            .ToArray();
        string[] findings = [.. Ledger(ledger, positions), .. Unknown(positions, studies)];
        return new Reconciled(
            findings.Length == 0 && studies.All(study => study.Findings.Count == 0), studies, findings, repaired);
    }

    private static ReconciledStudy Study(PublishedLedger ledger, FoldedLedger? folded, ScoredStudy? scored, string? root) => new(
        ledger.Study, ledger.Size, ledger.Published, folded?.Folded ?? 0, folded?.Version ?? 0, scored?.Scored ?? 0,
        [.. Findings(ledger, folded, scored, root)]);

    private static IEnumerable<string> Findings(PublishedLedger ledger, FoldedLedger? folded, ScoredStudy? scored, string? root)
    {
        if (ledger.Published < ledger.Size)
            yield return $"{ledger.Size - ledger.Published} entries are not published: mesh ops queues";
        if ((folded?.Folded ?? 0) < ledger.Size)
            yield return $"the matrix lacks {ledger.Size - (folded?.Folded ?? 0)} entries: mesh ops reconcile --repair";
        if (folded is null)
            yield break;
        if (root is not null && folded.Root != root)
            yield return $"the matrix was folded from other entries (root differs at {folded.Folded}): mesh ops rebuild {ledger.Study}";
        if (folded.Version != folded.Folded)
            yield return $"version {folded.Version} is recorded and {folded.Folded} entries are folded: mesh ops rebuild {ledger.Study}";
        if ((scored?.Scored ?? 0) < folded.Version)
            yield return $"risk has scored version {scored?.Scored ?? 0} of {folded.Version}: mesh ops reconcile --repair";
        else if (scored!.Scored == folded.Version && scored.ScoredDigest != folded.Digest)
            yield return $"risk scored another matrix than version {folded.Version} is now: the next version ends it";
    }

    private static IEnumerable<string> Ledger(LedgerCheck check, Positions positions)
    {
        var missing = check.EventsWithoutEntry.Count - check.Repaired;
        if (missing > 0)
            yield return $"{missing} events have no ledger entry: mesh ops reconcile --repair";
        if (check.EntriesWithoutEvent.Count > 0)
            yield return $"{check.EntriesWithoutEvent.Count} ledger entries have no event, first {check.EntriesWithoutEvent[0]}: "
                + "restore rating-intake's database from a backup";
        if (!positions.Risk.MatrixReachable)
            yield return "risk-scoring cannot reach matrix-aggregation";
        if (!positions.Matrix.FeedReachable)
            yield return "matrix-aggregation cannot reach rating-intake";
    }

    private static IEnumerable<string> Unknown(Positions positions, ReconciledStudy[] known) =>
        from study in positions.Matrix.Studies
        where known.All(one => one.Study != study.Study)
        select $"matrix-aggregation has a study {study.Study} that rating-intake does not";
}
