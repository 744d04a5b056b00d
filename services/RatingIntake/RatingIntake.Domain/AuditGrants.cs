using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>What stands in the access log's column of actions.</summary>
public static class AuditAction
{
    public const string Proposed = "proposed";
    public const string Confirmed = "confirmed";
    public const string Revoked = "revoked";
    public const string Read = "read";
}

/// <summary>
/// A person as tokens name one. The log says who it was, not a pseudonym: only the owner's round managers read it, and one whose
/// name was erased could otherwise confirm what he proposed.
/// </summary>
public sealed record Person(string Issuer, string Subject)
{
    /// <summary>What the person does, as a record of the log.</summary>
    public AuditAccessRecord Does(string action, long number, long grant, DateTimeOffset now) =>
        new(number, Timestamps.Format(now), action, grant, Issuer, Subject);
}

/// <summary>One grant as the log has it.</summary>
public sealed record StandingGrant(AuditAccessRecord Proposal, AuditAccessRecord? Confirmation = null, AuditAccessRecord? Revocation = null)
{
    public long Number => Proposal.Number;

    public AuditGrant Terms => Proposal.Proposed!;

    public Person Auditor => new(Terms.Issuer, Terms.Subject);

    public Person Proposer => new(Proposal.Issuer, Proposal.Subject);

    /// <summary>It was taken back, or its time is over.</summary>
    public bool HasEnded(DateTimeOffset now) => Revocation is not null || now >= Terms.Until;
}

/// <summary>All grants of a study, which follow from its access log and from nothing else.</summary>
/// <param name="Next">Number of the record that the log gets next.</param>
public sealed record AuditGrants(long Next, IReadOnlyDictionary<long, StandingGrant> ByNumber)
{
    /// <param name="records">Those that are no reads, oldest first.</param>
    public static AuditGrants Of(long next, IEnumerable<AuditAccessRecord> records)
    {
        var grants = new Dictionary<long, StandingGrant>();
        foreach (var record in records)
            grants[record.Grant] = record.Action switch
            {
                AuditAction.Proposed => new StandingGrant(record),
                AuditAction.Confirmed => grants[record.Grant] with { Confirmation = record },
                AuditAction.Revoked => grants[record.Grant] with { Revocation = record },
                _ => throw new ArgumentOutOfRangeException(nameof(records), record.Action, "An action that changes a grant is expected."),
            };
        return new AuditGrants(next, grants);
    }

    /// <summary>The oldest grant under which the auditor may read now, or null.</summary>
    public StandingGrant? WorkingFor(Person auditor, DateTimeOffset now) => ByNumber.Values.Where(
        grant => grant.Auditor == auditor && grant.Confirmation is not null && !grant.HasEnded(now)).MinBy(grant => grant.Number);

    internal static Decision Unknown(long grant) => Decision.Refuse(Refusal.Of(
        RefusalReason.UnknownGrant, "grant", $"{grant}", "one that the study's access log has as proposed"));
}
