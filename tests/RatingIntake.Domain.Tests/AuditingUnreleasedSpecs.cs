using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public sealed class AuditingUnreleasedSpecs
{
    private const string Issuer = "https://issuer.example";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 30, 0, TimeSpan.Zero);
    private static readonly Person Mia = new(Issuer, "mia");
    private static readonly Person Nora = new(Issuer, "nora");
    private static readonly Person Ines = new(Issuer, "ines");
    private static readonly AuditGrant Terms = new(Issuer, "ines", Now.AddDays(30), "Audit of the second round.");

    private static readonly AuditAccessRecord Proposed =
        new(1, Timestamps.Format(Now), AuditAction.Proposed, 1, Issuer, "mia", Proposed: Terms);

    private static readonly AuditAccessRecord Confirmed = new(2, Timestamps.Format(Now), AuditAction.Confirmed, 1, Issuer, "nora");
    private static readonly AuditAccessRecord Revoked = new(3, Timestamps.Format(Now), AuditAction.Revoked, 1, Issuer, "mia");

    [Fact]
    public void A_proposal_is_the_next_record_and_names_its_grant_after_itself()
    {
        Recorded(Proposed, new ProposeAuditGrant(Terms, Mia, Now).Decide(After()));
        Recorded(
            Proposed with { Number = 3, Grant = 3, Subject = "nora" },
            new ProposeAuditGrant(Terms, Nora, Now).Decide(After(Proposed, Confirmed)));
    }

    [Fact]
    public void The_same_proposal_again_is_the_earlier_one_unless_that_was_revoked()
    {
        Recorded(Proposed, new ProposeAuditGrant(Terms, Mia, Now).Decide(After(Proposed, Confirmed)));
        var anew = new ProposeAuditGrant(Terms, Mia, Now).Decide(After(Proposed, Confirmed, Revoked));
        Recorded(Proposed with { Number = 4, Grant = 4 }, anew);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(30 * 24 * 3600, true)]
    [InlineData(30 * 24 * 3600 + 1, false)]
    public void A_grant_ends_in_the_future_and_at_most_thirty_days_ahead(int seconds, bool isTaken)
    {
        var decision = new ProposeAuditGrant(Terms with { Until = Now.AddSeconds(seconds) }, Mia, Now).Decide(After());
        if (isTaken)
            Assert.IsType<Accepted>(decision);
        else
            Refused(decision, UntilOutOfRange, "until", Timestamps.Format(Now.AddSeconds(seconds)));
    }

    [Fact]
    public void Every_field_that_is_missing_is_named()
    {
        var refused = Assert.IsType<Refused>(new ProposeAuditGrant(new(null!, " ", Now.AddDays(1), ""), Mia, Now).Decide(After()));
        Assert.Equal(
            [(TextMissing, "issuer"), (TextMissing, "subject"), (TextMissing, "reason")],
            refused.Refusals.Select(refusal => (refusal.Reason, refusal.Field!)));
    }

    [Fact]
    public void Neither_who_proposed_a_grant_nor_who_it_is_for_confirms_it_and_another_does_once()
    {
        Refused(new ConfirmAuditGrant(1, Mia, Now).Decide(After(Proposed)), SecondManagerNeeded, "manager", "mia");
        Refused(new ConfirmAuditGrant(1, Ines, Now).Decide(After(Proposed)), SecondManagerNeeded, "manager", "ines");
        Recorded(Confirmed, new ConfirmAuditGrant(1, Nora, Now).Decide(After(Proposed)));
        Recorded(Confirmed, new ConfirmAuditGrant(1, new(Issuer, "olaf"), Now).Decide(After(Proposed, Confirmed)));
        // The same name by another issuer is another person.
        Assert.IsType<Accepted>(new ConfirmAuditGrant(1, new("https://other.example", "mia"), Now).Decide(After(Proposed)));
    }

    [Fact]
    public void What_is_unknown_revoked_or_over_is_not_confirmed()
    {
        Refused(new ConfirmAuditGrant(2, Nora, Now).Decide(After(Proposed)), UnknownGrant, "grant", "2");
        Refused(new ConfirmAuditGrant(1, Nora, Now).Decide(After(Proposed, Confirmed, Revoked)), GrantEnded, "grant", "1");
        Refused(new ConfirmAuditGrant(1, Nora, Terms.Until).Decide(After(Proposed)), GrantEnded, "grant", "1");
    }

    [Fact]
    public void A_revocation_is_recorded_once_confirmed_or_not()
    {
        Recorded(Revoked, new RevokeAuditGrant(1, Mia, Now).Decide(After(Proposed, Confirmed)));
        Recorded(Revoked with { Number = 2 }, new RevokeAuditGrant(1, Mia, Now).Decide(After(Proposed)));
        Recorded(Revoked, new RevokeAuditGrant(1, Nora, Now).Decide(After(Proposed, Confirmed, Revoked)));
        Refused(new RevokeAuditGrant(7, Mia, Now).Decide(After(Proposed)), UnknownGrant, "grant", "7");
    }

    [Fact]
    public void Only_its_auditor_reads_under_a_grant_and_only_from_its_confirmation_to_its_end()
    {
        var what = new UnreleasedRead(2, 0, 17, 12);
        var read = new AuditAccessRecord(3, Timestamps.Format(Now), AuditAction.Read, 1, Issuer, "ines", Read: what);
        Recorded(read, new ReadUnreleased(what, Ines, Now).Decide(After(Proposed, Confirmed)));
        foreach (var nothing in new[]
        {
            new ReadUnreleased(what, Ines, Now).Decide(After()),
            new ReadUnreleased(what, Ines, Now).Decide(After(Proposed)),
            new ReadUnreleased(what, Ines, Now).Decide(After(Proposed, Confirmed, Revoked)),
            new ReadUnreleased(what, Ines, Terms.Until).Decide(After(Proposed, Confirmed)),
            new ReadUnreleased(what, Mia, Now).Decide(After(Proposed, Confirmed)),
            new ReadUnreleased(what, new("https://other.example", "ines"), Now).Decide(After(Proposed, Confirmed)),
        })
            Assert.Equal(Decision.Nothing, nothing);
        Assert.IsType<Accepted>(new ReadUnreleased(what, Ines, Terms.Until.AddTicks(-1)).Decide(After(Proposed, Confirmed)));
    }

    private static AuditGrants After(params AuditAccessRecord[] records) => AuditGrants.Of(records.Length + 1, records);

    private static void Recorded(AuditAccessRecord record, Decision decision) =>
        Assert.Equal(record, Assert.Single(Assert.IsType<Accepted>(decision).Events));

    private static void Refused(Decision decision, RefusalReason reason, string field, string value)
    {
        var refusal = Assert.Single(Assert.IsType<Refused>(decision).Refusals);
        Assert.Equal((reason, field, value), (refusal.Reason, refusal.Field, refusal.Value));
        Assert.NotEmpty(refusal.Allowed);
    }
}
