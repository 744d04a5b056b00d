using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class SubmittingRatingsSpecs
{
    private static readonly CatalogueChanged Redefined = new("technique", "RLHF", "Other", "Other.", true, "why");

    private static object[] Rerun(params object[] more) => [.. Running, Submitted(Rated), .. more];

    [Fact]
    public void A_rating_is_recorded_with_decimals_as_text_and_the_study_version_it_was_judged_against() =>
        Given(Running).When(Submit(new RatingItem("RLHF", "COLL", "uncertain", 0.50m, 0.1m, 1.000m, 0.90m)))
            .Then(Submitted(new RatedItem("RLHF", "COLL", "uncertain", "0.5", "0.1", "1", "0.9")));

    [Fact]
    public void A_sheet_of_cells_likelihoods_and_taxes_is_one_event() =>
        Given(Running).When(Submit(Rating, new RatingItem(FailureMode: "COLL", Best: 0.1m), new RatingItem("SO", Best: 1000m)))
            .Then(Submitted(Rated, new RatedItem(null, "COLL", Best: "0.1"), new RatedItem("SO", null, Best: "1000")));

    [Fact]
    public void A_verdict_alone_is_enough_for_a_cell() =>
        Given(Running)
            .When(Submit(new RatingItem("RLHF", "COLL", "vulnerable"))).Then(Submitted(new RatedItem("RLHF", "COLL", "vulnerable")));

    [Fact]
    public void Free_texts_are_recorded_by_their_hashes_only() =>
        Given(Running).When(Submit(Rating with
        {
            Rationale = "secret words",
            Evidence = [new Evidence("https://example.org/a", "secret title"), new Evidence("http://example.org/b")],
        }))
            .Then(Submitted(Rated with
            {
                RationaleHash = Hash,
                Evidence = [new EvidenceLink("https://example.org/a", Hash), new EvidenceLink("http://example.org/b")],
            }));

    [Fact]
    public void An_empty_list_of_evidence_is_as_none() => Given(Running).When(Submit(Rating with { Evidence = [] })).Then(Submitted(Rated));

    [Fact]
    public void The_clients_time_is_recorded_in_UTC() =>
        Given(Running).When(Submit(Rating with { ClaimedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) }))
            .Then(Submitted(Rated with { ClaimedAt = "2026-01-02T01:04:05.000000Z" }));

    [Fact]
    public void Ratings_of_a_blind_round_are_marked_blind() =>
        Given(Opened, Admitted, new RoundOpened(1, "blind")).When(Submit(Rating)).Then(Submitted(Rated) with { Blind = true });

    [Fact]
    public void The_open_round_may_be_named() => Given(Running).When(Submit(Rating) with { Round = 1 }).Then(Submitted(Rated));

    [Fact]
    public void The_same_rating_again_changes_nothing() => Given(Rerun()).When(Submit(Rating)).ThenNothing();

    [Fact]
    public void A_later_claim_about_the_same_judgement_changes_nothing() =>
        Given(Rerun()).When(Submit(Rating with { ClaimedAt = DateTimeOffset.UnixEpoch })).ThenNothing();

    [Fact]
    public void Only_the_items_that_differ_from_the_record_are_recorded() =>
        Given(Rerun()).When(Submit(Rating, new RatingItem("SO", "COLL", Best: 0.5m)))
            .Then(Submitted(new RatedItem("SO", "COLL", Best: "0.5")));

    [Fact]
    public void Another_value_supersedes_the_one_on_record() =>
        Given(Rerun()).When(Submit(Rating with { Best = 0.3m })).Then(Submitted(Rated with { Best = "0.3" }));

    [Fact]
    public void Another_rationale_or_other_evidence_is_recorded()
    {
        Given(Rerun()).When(Submit(Rating with { Rationale = "words" })).Then(Submitted(Rated with { RationaleHash = Hash }));
        Given(Rerun()).When(Submit(Rating with { Evidence = [new("https://a.org")] }))
            .Then(Submitted(Rated with { Evidence = [new("https://a.org")] }));
        Given([.. Running, Submitted(Rated with { Evidence = [new("https://a.org")] })])
            .When(Submit(Rating with { Evidence = [new("https://a.org")] })).ThenNothing();
    }

    [Fact]
    public void The_same_value_in_a_later_round_is_recorded() =>
        Given(Rerun(new RoundClosed(1), new RoundOpened(2, "open"))).When(Submit(Rating))
            .Then(new RatingsSubmitted(2, false, "human", [Rated], StudyVersion: 5));

    [Fact]
    public void The_same_value_after_a_withdrawal_is_recorded() =>
        Given(Rerun(new RatingsWithdrawn(1, false, [Quantity("RLHF", "COLL")]))).When(Submit(Rating)).Then(Submitted(Rated));

    [Fact]
    public void The_same_value_after_a_material_change_of_its_item_is_recorded_so_that_it_counts_again() =>
        Given(Rerun(Redefined)).When(Submit(Rating)).Then(Submitted(Rated) with { StudyVersion = 4 });

    [Fact]
    public void The_same_value_twice_after_a_material_change_is_recorded_once() =>
        Given(Rerun(Redefined, Submitted(Rated) with { StudyVersion = 4 })).When(Submit(Rating)).ThenNothing();

    [Fact]
    public void The_same_value_after_a_correction_of_typing_errors_changes_nothing() =>
        Given(Rerun(Redefined with { Material = false })).When(Submit(Rating)).ThenNothing();

    [Fact]
    public void A_material_change_of_another_item_leaves_a_rating_as_it_is() =>
        Given(Rerun(Redefined with { Id = "SO" }, Redefined with { Kind = "failure-mode" })).When(Submit(Rating)).ThenNothing();

    [Fact]
    public void The_same_value_after_the_organisation_was_removed_and_admitted_again_is_recorded() =>
        Given(Rerun(Removed, Admitted)).When(Submit(Rating)).Then(Submitted(Rated) with { StudyVersion = 5 });

    [Fact]
    public void The_kind_of_a_rater_is_fixed_by_the_first_rating() =>
        Given(Rerun()).When(Submit(Rating with { Best = 1m }) with { RaterKind = "ai" }).Then(Submitted(Rated with { Best = "1" }));

    [Fact]
    public void A_rater_that_is_neither_human_nor_ai_is_refused() =>
        Given(Running).When(Submit(Rating) with { RaterKind = "robot" }).ThenRefused(KindUnknown, null, "raterKind", "robot");

    [Fact]
    public void An_organisation_that_was_not_admitted_is_refused() =>
        Given(Opened, new RoundOpened(1, "open")).When(Submit(Rating)).ThenRefused(OrganisationNotAdmitted, null, "organisation", "acme");

    [Fact]
    public void A_removed_organisation_is_refused() =>
        Given([.. Running, Removed]).When(Submit(Rating)).ThenRefused(OrganisationNotAdmitted);

    [Fact]
    public void Without_an_open_round_ratings_are_refused() =>
        Given(Opened, Admitted).When(Submit(Rating)).ThenRefused(NoOpenRound, null, "round", null);

    [Fact]
    public void A_closed_round_is_refused() =>
        Given([.. Running, new RoundClosed(1), new RoundOpened(2, "open")]).When(Submit(Rating) with { Round = 1 })
            .ThenRefused(RefusalReason.RoundClosed, null, "round", "1");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_round_that_never_opened_is_refused(int round) =>
        Given(Running).When(Submit(Rating) with { Round = round }).ThenRefused(RoundMismatch, null, "round", $"{round}");

    [Fact]
    public void A_request_without_items_is_refused() => Given(Running).When(Submit()).ThenRefused(NoItems);

    [Fact]
    public void A_request_of_501_items_is_refused_with_every_fault_of_the_first_500() =>
        Given(Running).When(Submit([.. Enumerable.Repeat(Rating, 501)]))
            .ThenRefused([TooManyItems, .. Enumerable.Repeat(DuplicateItem, 99)]);

    [Fact]
    public void One_wrong_item_refuses_the_whole_request() =>
        Given(Running).When(Submit(Rating, new RatingItem("SO", "COLL", Best: 2m)))
            .ThenRefused(ProbabilityOutOfRange, "items[1]", "best", "2");
}
