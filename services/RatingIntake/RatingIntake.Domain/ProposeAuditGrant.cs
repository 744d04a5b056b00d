using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>A round manager asks that an auditor may read what is not released, for a time. Nobody may before it is confirmed.</summary>
public sealed record ProposeAuditGrant(AuditGrant Grant, Person By, DateTimeOffset Now)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Accepts with the record that says so, which may be an earlier one.</summary>
    public Decision Decide(AuditGrants grants)
    {
        List<Refusal> refusals =
        [
            .. Checks.Text("issuer", Grant.Issuer, Checks.MaxTitle),
            .. Checks.Text("subject", Grant.Subject, Checks.MaxTitle),
            .. Checks.Text("reason", Grant.Reason, Checks.MaxReason),
        ];
        if (Grant.Until <= Now || Grant.Until > Now + Longest)
            refusals.Add(Refusal.Of(
                RefusalReason.UntilOutOfRange, "until", Timestamps.Format(Grant.Until),
                $"after {Timestamps.Format(Now)}, at most {Longest.Days} days later"));
        if (refusals.Count > 0) return Decision.Refuse(refusals);

        var same = grants.ByNumber.Values.FirstOrDefault(
            grant => grant.Terms == Grant && grant.Proposer == By && grant.Revocation is null);
        return Decision.Accept(
            same?.Proposal ?? By.Does(AuditAction.Proposed, grants.Next, grants.Next, Now) with { Proposed = Grant });
    }
}
