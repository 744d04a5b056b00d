using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class RunningStudySpecs
{
    private static readonly StudyClosed Closed = new("done");
    private static readonly ChangeCatalogue Redefine = new("technique", "RLHF", "Better name", "Better words.", true, "it was unclear");
    private static readonly CatalogueChanged Redefined = new("technique", "RLHF", "Better name", "Better words.", true, "it was unclear");

    [Fact]
    public void An_organisation_is_admitted() => Given(Opened).When(new AdmitOrganisation("acme", "Acme")).Then(Admitted);

    [Fact]
    public void Admitting_an_admitted_organisation_changes_nothing() =>
        Given(Opened, Admitted).When(new AdmitOrganisation("acme", "Acme")).ThenNothing();

    [Fact]
    public void A_removed_organisation_is_admitted_again() =>
        Given(Opened, Admitted, Removed).When(new AdmitOrganisation("acme", "Acme")).Then(Admitted);

    [Theory]
    [InlineData("Acme")]
    [InlineData("")]
    [InlineData("acme/x")]
    [InlineData("acme\n")]
    public void An_organisation_id_that_is_no_slug_is_refused(string id) =>
        Given(Opened).When(new AdmitOrganisation(id, "Acme")).ThenRefused(IdInvalid, null, "organisation", id);

    [Fact]
    public void An_organisation_without_name_is_refused() =>
        Given(Opened).When(new AdmitOrganisation("acme", " ")).ThenRefused(TextMissing);

    [Fact]
    public void An_organisation_is_removed() => Given(Opened, Admitted).When(new RemoveOrganisation("acme", "left")).Then(Removed);

    [Fact]
    public void Removing_a_removed_organisation_changes_nothing() =>
        Given(Opened, Admitted, Removed).When(new RemoveOrganisation("acme", "left")).ThenNothing();

    [Fact]
    public void Removing_an_organisation_that_never_was_admitted_is_refused() =>
        Given(Opened).When(new RemoveOrganisation("acme", "left")).ThenRefused(OrganisationNotAdmitted, null, "organisation", "acme");

    [Fact]
    public void Removing_without_a_reason_is_refused() =>
        Given(Opened, Admitted).When(new RemoveOrganisation("acme", "")).ThenRefused(TextMissing, null, "reason", "");

    [Fact]
    public void A_known_item_is_redefined() => Given(Opened).When(Redefine).Then(Redefined);

    [Fact]
    public void An_unknown_item_is_added_and_is_never_material() =>
        Given(Opened).When(Redefine with { Id = "NEW" }).Then(Redefined with { Id = "NEW", Material = false });

    [Fact]
    public void A_failure_mode_of_a_techniques_id_is_another_item() =>
        Given(Opened).When(Redefine with { Kind = "failure-mode" }).Then(Redefined with { Kind = "failure-mode", Material = false });

    [Fact]
    public void Redefining_an_item_as_it_already_is_changes_nothing() => Given(Opened, Redefined).When(Redefine).ThenNothing();

    [Fact]
    public void An_unknown_kind_of_item_is_refused() =>
        Given(Opened).When(Redefine with { Kind = "techniques" }).ThenRefused(KindUnknown, null, "kind", "techniques");

    [Fact]
    public void A_definition_of_4000_characters_is_taken_and_one_more_is_refused()
    {
        var longest = new string('d', 4000);
        Given(Opened).When(Redefine with { Definition = longest }).Then(Redefined with { Definition = longest });
        Given(Opened).When(Redefine with { Definition = longest + "d" }).ThenRefused(TextTooLong);
    }

    [Fact]
    public void A_full_catalogue_takes_no_new_item_but_lets_its_own_be_redefined()
    {
        CatalogueItem[] full = [.. Enumerable.Range(0, 64).Select(i => new CatalogueItem($"T{i}", "name", "definition"))];
        var opened = Opened with { Catalogue = new(full, SmallCatalogue.FailureModes, []) };
        Given(opened).When(Redefine with { Id = "NEW" }).ThenRefused(CatalogueTooLarge, null, "id", "NEW");
        Given(opened).When(Redefine with { Id = "T63" }).Then(Redefined with { Id = "T63" });
    }

    [Fact]
    public void Rounds_are_numbered_from_1() =>
        Given(Opened).When(new OpenRound("blind")).Then(new RoundOpened(1, "blind"));

    [Fact]
    public void The_next_round_opens_after_the_last_has_closed() =>
        Given([.. Running, new RoundClosed(1)]).When(new OpenRound("open")).Then(new RoundOpened(2, "open"));

    [Fact]
    public void Opening_a_round_of_the_same_mode_again_changes_nothing() => Given(Running).When(new OpenRound("open")).ThenNothing();

    [Fact]
    public void A_second_round_of_another_mode_is_refused_while_one_is_open() =>
        Given(Running).When(new OpenRound("blind")).ThenRefused(RoundAlreadyOpen);

    [Fact]
    public void An_unknown_mode_is_refused() => Given(Opened).When(new OpenRound("Open")).ThenRefused(ModeUnknown, null, "mode", "Open");

    [Fact]
    public void The_open_round_closes() => Given(Running).When(new CloseRound(1)).Then(new RoundClosed(1));

    [Fact]
    public void Closing_a_closed_round_changes_nothing() => Given([.. Running, new RoundClosed(1)]).When(new CloseRound(1)).ThenNothing();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Closing_a_round_that_never_opened_is_refused(int round) =>
        Given(Running).When(new CloseRound(round)).ThenRefused(UnknownRound, null, "round", $"{round}");

    [Fact]
    public void A_study_without_an_open_round_closes() => Given(Opened).When(new CloseStudy("done")).Then(Closed);

    [Fact]
    public void Closing_a_closed_study_changes_nothing() => Given(Opened, Closed).When(new CloseStudy("done")).ThenNothing();

    [Fact]
    public void A_study_with_an_open_round_does_not_close() =>
        Given(Running).When(new CloseStudy("done")).ThenRefused(RoundAlreadyOpen);

    [Fact]
    public void Closing_a_study_without_a_reason_is_refused() =>
        Given(Running).When(new CloseStudy("")).ThenRefused(TextMissing, RoundAlreadyOpen);

    [Fact]
    public void A_closed_study_takes_no_command()
    {
        var closed = Given(Opened, Admitted, new RoundOpened(1, "open"), new RoundClosed(1), Closed);
        object[] commands =
        [
            new AdmitOrganisation("other", "Other"), new RemoveOrganisation("acme", "left"), Redefine, new OpenRound("open"),
            new CloseRound(1), new ChangeAggregationPolicy(new(Rho: 0.3m), "correlated"),
        ];
        foreach (var command in commands)
            closed.When(command).ThenRefused(RefusalReason.StudyClosed, null, "study", "s");
        closed.When(Submit(Rating)).ThenRefused(RefusalReason.StudyClosed, NoOpenRound);
    }

    [Fact]
    public void Several_faults_are_reported_together()
    {
        Given(Opened).When(new RemoveOrganisation("acme", "")).ThenRefused(TextMissing, OrganisationNotAdmitted);
        Given(Opened).When(new ChangeCatalogue("x", "a b", "", "", false, ""))
            .ThenRefused(KindUnknown, IdInvalid, TextMissing, TextMissing, TextMissing);
        Given(Running).When(new OpenRound("x")).ThenRefused(ModeUnknown, RoundAlreadyOpen);
    }
}
