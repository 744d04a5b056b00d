using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;

namespace AlignmentMesh.RatingIntake.Service.AuditingUnreleased;

/// <summary>The only way by which an opening leaves intake before its release.</summary>
internal sealed class UnreleasedReading(AuditAccess access, LedgerReader ledger, TimeProvider clock)
{
    /// <summary>
    /// What the auditor may see, once it stands in the access log; null without a grant that works. It is decided twice: before
    /// anything is looked at, and with the record, since the grant may have ended between.
    /// </summary>
    public async Task<LedgerOpenings?> ReadAsync(
        string study, Person auditor, int round, long from, int limit, CancellationToken token)
    {
        if ((await access.GrantsAsync(study, token)).WorkingFor(auditor, clock.GetUtcNow()) is null) return null;
        var found = await ledger.UnreleasedAsync(study, round, from, limit, token);
        var read = new UnreleasedRead(round, from, found.Openings.Count > 0 ? found.Openings[^1].Index : null, found.Openings.Count);
        var decision = await access.AppendAsync(study, new ReadUnreleased(read, auditor, clock.GetUtcNow()).Decide, token);
        return decision == Decision.Nothing ? null : found;
    }
}
