using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class WithdrawingRatingsSpecs
{
    private static readonly WithdrawnItem Cell = Quantity("RLHF", "COLL");
    private static readonly object[] Rerun = [.. Running, Submitted(Rated)];
    private static readonly RatingsWithdrawn Withdrawn = new(1, false, [Cell]);

    [Fact]
    public void A_rating_on_record_is_withdrawn() => Given(Rerun).When(Withdraw(Cell)).Then(Withdrawn);

    [Fact]
    public void Withdrawing_again_changes_nothing() => Given([.. Rerun, Withdrawn]).When(Withdraw(Cell)).ThenNothing();

    [Fact]
    public void A_quantity_named_twice_is_withdrawn_once() => Given(Rerun).When(Withdraw(Cell, Cell)).Then(Withdrawn);

    [Fact]
    public void Only_what_is_still_on_record_is_withdrawn() =>
        Given([.. Rerun, Submitted(new RatedItem("SO", "COLL", Best: "0.5")), Withdrawn])
            .When(Withdraw(Cell, Quantity("SO", "COLL"))).Then(Withdrawn with { Items = [Quantity("SO", "COLL")] });

    [Fact]
    public void A_rating_of_an_earlier_round_is_withdrawn_in_the_open_one() =>
        Given([.. Rerun, new RoundClosed(1), new RoundOpened(2, "blind")]).When(Withdraw(Cell))
            .Then(new RatingsWithdrawn(2, true, [Cell]));

    [Fact]
    public void A_stale_rating_can_be_withdrawn() =>
        Given([.. Rerun, new CatalogueChanged("technique", "RLHF", "Other", "Other.", true, "why")]).When(Withdraw(Cell)).Then(Withdrawn);

    [Fact]
    public void A_rating_that_ended_with_its_organisations_removal_needs_no_withdrawal() =>
        Given([.. Rerun, Removed, Admitted]).When(Withdraw(Cell)).ThenNothing();

    [Fact]
    public void A_quantity_never_rated_is_refused() =>
        Given(Running).When(Withdraw(Cell)).ThenRefused(NothingToWithdraw, "items[0]", "technique", "RLHF x COLL");

    [Fact]
    public void Quantities_outside_the_catalogue_are_refused() =>
        Given(Rerun).When(Withdraw(Quantity("X", "Y"), Quantity(null, null), Cell))
            .ThenRefused(UnknownTechnique, UnknownFailureMode, NoQuantity);

    [Fact]
    public void A_null_in_the_list_of_items_is_refused() =>
        Given(Rerun).When(Withdraw(Cell, null!)).ThenRefused(NoQuantity, "items[1]", "technique", null);

    [Fact]
    public void A_request_without_items_is_refused() => Given(Rerun).When(Withdraw()).ThenRefused(NoItems);

    [Fact]
    public void A_request_of_501_items_is_refused() =>
        Given(Rerun).When(Withdraw([.. Enumerable.Repeat(Cell, 501)])).ThenRefused(TooManyItems);

    [Fact]
    public void Without_an_open_round_nothing_is_withdrawn() =>
        Given([.. Rerun, new RoundClosed(1)]).When(Withdraw(Cell)).ThenRefused(NoOpenRound);

    [Fact]
    public void Another_round_than_the_open_one_is_refused()
    {
        Given(Rerun).When(Withdraw(Cell) with { Round = 2 }).ThenRefused(RoundMismatch);
        Given([.. Rerun, new RoundClosed(1), new RoundOpened(2, "open")]).When(Withdraw(Cell) with { Round = 1 })
            .ThenRefused(RefusalReason.RoundClosed);
    }

    [Fact]
    public void A_removed_organisation_cannot_withdraw() =>
        Given([.. Rerun, Removed]).When(Withdraw(Cell)).ThenRefused(OrganisationNotAdmitted);

    [Fact]
    public void A_closed_study_takes_no_withdrawal() =>
        Given([.. Rerun, new RoundClosed(1), new StudyClosed("done")]).When(Withdraw(Cell))
            .ThenRefused(RefusalReason.StudyClosed, NoOpenRound);
}
