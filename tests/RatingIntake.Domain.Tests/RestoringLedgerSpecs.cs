using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class RestoringLedgerSpecs
{
    private static readonly AnnounceRestore Restore = new(Size: 5, KeptSize: 3, Hash, LostSize: 7, "disk lost", "r-1");
    private static readonly StudyClosed Closed = new("done");

    [Fact]
    public void An_announced_restore_begins_the_second_epoch() =>
        Given(Running).When(Restore).Then(new LedgerRestored(2, 3, Hash, 7, "disk lost", "r-1"));

    [Fact]
    public void The_next_restore_begins_the_next_epoch() =>
        Given([.. Running, new LedgerRestored(2, 3, Hash, null, "disk lost", "r-1")]).When(Restore with { KeptSize = 4 })
            .Then(new LedgerRestored(3, 4, Hash, 7, "disk lost", "r-1"));

    [Fact]
    public void Announcing_the_same_restore_again_changes_nothing() =>
        Given([.. Running, new LedgerRestored(2, 3, Hash, 7, "disk lost", "r-1")]).When(Restore).ThenNothing();

    [Fact]
    public void A_closed_study_s_ledger_may_be_restored() =>
        Given(Opened, Closed).When(Restore).Then(new LedgerRestored(2, 3, Hash, 7, "disk lost", "r-1"));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_restore_keeps_at_least_one_entry_and_no_more_than_there_are(long kept) =>
        Given(Running).When(Restore with { KeptSize = kept }).ThenRefused(SizeOutOfRange, null, "keptSize", $"{kept}");

    [Fact]
    public void A_restore_that_gained_entries_or_has_no_reason_is_refused()
    {
        Given(Running).When(Restore with { LostSize = 2 }).ThenRefused(SizeOutOfRange, null, "lostSize", "2");
        Given(Running).When(Restore with { Reason = " " }).ThenRefused(TextMissing, null, "reason", " ");
    }

    [Fact]
    public void A_restore_is_confirmed_once_by_another_manager_than_the_one_who_announced_it()
    {
        object[] announced = [.. Running, new LedgerRestored(2, 3, Hash, 7, "disk lost", "r-1")];
        Given(announced).When(new ConfirmRestore(2, "r-2")).Then(new RestoreConfirmed(2, "r-2"));
        Given(announced).When(new ConfirmRestore(2, "r-1")).ThenRefused(RefusalReason.SecondManagerNeeded, null, "manager", "r-1");
        Given([.. announced, new RestoreConfirmed(2, "r-2")]).When(new ConfirmRestore(2, "r-3")).ThenNothing();
        Given(announced).When(new ConfirmRestore(3, "r-2")).ThenRefused(RefusalReason.UnknownEpoch, null, "epoch", "3");
    }

    [Fact]
    public void A_restore_from_before_managers_were_named_is_announced_anew_before_it_can_be_confirmed()
    {
        object[] old = [.. Running, new LedgerRestored(2, 3, Hash, 7, "disk lost")];
        Given(old).When(new ConfirmRestore(2, "r-2")).ThenRefused(RefusalReason.UnknownEpoch);
        Given(old).When(Restore).Then(new LedgerRestored(3, 3, Hash, 7, "disk lost", "r-1"));
    }
}
