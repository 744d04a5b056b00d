using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class ErasingPersonalDataSpecs
{
    private static readonly ErasePersonalData Erase = new(["b", "a"], "r-1", "asked for it", "GDPR art. 17");

    [Fact]
    public void The_ledger_says_which_hashes_lost_their_text_in_order_and_why() =>
        Given(Running).When(Erase).Then(new PersonalDataErased(["a", "b"], "r-1", "asked for it", "GDPR art. 17"));

    [Fact]
    public void A_name_alone_and_texts_alone_may_be_erased()
    {
        Given(Running).When(Erase with { Hashes = [] }).Then(new PersonalDataErased([], "r-1", "asked for it", "GDPR art. 17"));
        Given(Running).When(Erase with { Rater = null }).Then(new PersonalDataErased(["a", "b"], null, "asked for it", "GDPR art. 17"));
    }

    [Fact]
    public void What_another_request_erased_meanwhile_is_not_erased_again()
    {
        object[] erased = [.. Running, new PersonalDataErased(["a"], "r-1", "asked for it", "GDPR art. 17")];
        Given(erased).When(Erase).Then(new PersonalDataErased(["b"], null, "asked for it", "GDPR art. 17"));
        Given(erased).When(Erase with { Hashes = ["a"] }).ThenNothing();
    }

    [Fact]
    public void Where_nothing_is_left_nothing_is_erased() => Given(Running).When(Erase with { Hashes = [], Rater = null }).ThenNothing();

    [Fact]
    public void Without_a_reason_or_a_legal_basis_nothing_is_erased()
    {
        Given(Running).When(Erase with { Reason = " " }).ThenRefused(TextMissing, null, "reason", " ");
        Given(Running).When(Erase with { LegalBasis = "" }).ThenRefused(TextMissing, null, "legalBasis", "");
    }
}
