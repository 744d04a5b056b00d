using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>A second round manager stands by a grant. One alone, or one stolen account, cannot let anybody read a blind round.</summary>
public sealed record ConfirmAuditGrant(long Grant, Person By, DateTimeOffset Now)
{
    /// <inheritdoc cref="ProposeAuditGrant.Decide"/>
    public Decision Decide(AuditGrants grants)
    {
        if (!grants.ByNumber.TryGetValue(Grant, out var grant)) return AuditGrants.Unknown(Grant);
        if (grant.HasEnded(Now))
        {
            return Decision.Refuse(Refusal.Of(
                RefusalReason.GrantEnded, "grant", $"{Grant}",
                $"one that is not revoked and not over; this one was until {Timestamps.Format(grant.Terms.Until)}"));
        }

        if (grant.Confirmation is { } confirmed) return Decision.Accept(confirmed);
        return By == grant.Proposer || By == grant.Auditor
            ? Decision.Refuse(Refusal.Of(
                RefusalReason.SecondManagerNeeded, "manager", By.Subject,
                "another round manager than the one who proposed the grant, and not the one it is for"))
            : Decision.Accept(By.Does(AuditAction.Confirmed, grants.Next, Grant, Now));
    }
}
