using System.Globalization;
using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class RatingItemSpecs
{
    private static readonly RatingItem Tax = new("SO", Best: 1m);
    private static readonly RatingItem Likelihood = new(FailureMode: "COLL", Best: 0.5m);

    private static Outcome Submitting(params RatingItem[] items) => Given(Running).When(Submit(items));

    private static void IsTaken(RatingItem item) =>
        Assert.Single(Assert.IsType<Accepted>(Submit(item).Decide(Commands.StudyAfter(Running)!, Assessment.Empty)).Events);

    [Fact]
    public void An_unknown_technique_is_refused() =>
        Submitting(Rating with { Technique = "rlhf" }).ThenRefused(UnknownTechnique, "items[0]", "technique", "rlhf");

    [Fact]
    public void An_unknown_failure_mode_is_refused() =>
        Submitting(Rating with { FailureMode = "X" }).ThenRefused(UnknownFailureMode, "items[0]", "failureMode", "X");

    [Fact]
    public void An_item_without_technique_and_failure_mode_is_refused() => Submitting(new RatingItem(Best: 0.5m)).ThenRefused(NoQuantity);

    [Fact]
    public void A_null_in_the_list_of_items_is_refused() =>
        Submitting(Rating, null!).ThenRefused(NoQuantity, "items[1]", "technique", null);

    [Fact]
    public void A_quantity_twice_in_one_request_is_refused() =>
        Submitting(Rating, Tax, Rating).ThenRefused(DuplicateItem, "items[2]", "technique", "RLHF x COLL");

    [Fact]
    public void An_item_that_states_nothing_is_refused() => Submitting(new RatingItem("RLHF", "COLL")).ThenRefused(NothingStated);

    [Fact]
    public void An_unknown_verdict_is_refused() =>
        Submitting(Rating with { Verdict = "Resistant" }).ThenRefused(VerdictUnknown, "items[0]", "verdict", "Resistant");

    [Fact]
    public void A_verdict_on_a_likelihood_or_tax_is_refused()
    {
        Submitting(Likelihood with { Verdict = "uncertain" }).ThenRefused(VerdictNotApplicable, "items[0]", "verdict", "uncertain");
        Submitting(Tax with { Verdict = "uncertain" }).ThenRefused(VerdictNotApplicable);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("0.123456789")]
    public void A_probability_from_0_to_1_is_taken(string best)
    {
        IsTaken(Rating with { Best = Number(best) });
        IsTaken(Likelihood with { Best = Number(best) });
    }

    [Theory]
    [InlineData("-0.000000001")]
    [InlineData("1.000000001")]
    public void A_probability_below_0_or_above_1_is_refused(string best)
    {
        Submitting(Rating with { Best = Number(best) }).ThenRefused(ProbabilityOutOfRange, "items[0]", "best", best);
        Submitting(Likelihood with { Best = Number(best) }).ThenRefused(ProbabilityOutOfRange, "items[0]", "best", best);
    }

    [Fact]
    public void Bounds_outside_0_to_1_are_refused() =>
        Submitting(Rating with { Lower = -1m, Upper = 2m }).ThenRefused(ProbabilityOutOfRange, ProbabilityOutOfRange);

    [Fact]
    public void A_tax_from_0_to_1000_is_taken_and_any_other_refused()
    {
        IsTaken(Tax with { Best = 0m });
        IsTaken(Tax with { Best = 1000m });
        Submitting(Tax with { Best = 1000.1m }).ThenRefused(TaxOutOfRange, "items[0]", "best", "1000.1");
        Submitting(Tax with { Best = -0.1m }).ThenRefused(TaxOutOfRange);
    }

    [Theory]
    [InlineData("0.1234567891")]
    [InlineData("0.0000000001")]
    public void A_tenth_digit_after_the_point_is_refused_rather_than_rounded(string best) =>
        Submitting(Rating with { Best = Number(best) }).ThenRefused(TooManyDigits, "items[0]", "best", best);

    [Fact]
    public void Too_many_digits_are_refused_in_bounds_and_confidence_too() =>
        Submitting(Rating with { Lower = 0.1234567891m, Upper = 0.9234567891m, Confidence = 0.8234567891m })
            .ThenRefused(TooManyDigits, TooManyDigits, TooManyDigits);

    [Fact]
    public void A_lower_bound_above_best_is_refused() =>
        Submitting(Rating with { Lower = 0.3m }).ThenRefused(BoundsOutOfOrder, "items[0]", "lower", "0.3");

    [Fact]
    public void An_upper_bound_below_best_is_refused() =>
        Submitting(Rating with { Upper = 0.2m }).ThenRefused(BoundsOutOfOrder, "items[0]", "upper", "0.2");

    [Fact]
    public void Bounds_equal_to_best_are_taken() => IsTaken(Rating with { Lower = 0.25m, Upper = 0.25m });

    [Fact]
    public void A_bound_without_best_is_refused() =>
        Submitting(new RatingItem("RLHF", "COLL", "uncertain", Upper: 0.5m)).ThenRefused(BoundWithoutBest, "items[0]", "upper", "0.5");

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("0.99", true)]
    [InlineData("0.499999999", false)]
    [InlineData("0.990000001", false)]
    public void A_confidence_is_taken_from_a_half_to_99_percent(string confidence, bool taken)
    {
        var item = Rating with { Confidence = Number(confidence) };
        if (taken)
            IsTaken(item);
        else
            Submitting(item).ThenRefused(ConfidenceOutOfRange, "items[0]", "confidence", confidence);
    }

    [Fact]
    public void A_rationale_of_4000_characters_is_taken_and_one_more_is_refused()
    {
        IsTaken(Rating with { Rationale = new string('r', 4000) });
        Submitting(Rating with { Rationale = new string('r', 4001) }).ThenRefused(TextTooLong);
    }

    [Fact]
    public void A_rationale_may_have_lines_and_tabs_but_no_other_control_characters()
    {
        IsTaken(Rating with { Rationale = "one\r\n\ttwo 😂" });
        Submitting(Rating with { Rationale = "a\0b" }).ThenRefused(TextInvalid, "items[0]", "rationale", "a\0b");
        Submitting(Rating with { Rationale = "\udc00" }).ThenRefused(TextInvalid);
    }

    [Theory]
    [InlineData("ftp://example.org/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("example.org")]
    [InlineData(" https://example.org")]
    [InlineData("https://example.org/a\0b")]
    [InlineData("https://example.org/a b")]
    [InlineData("")]
    [InlineData(null)]
    public void Evidence_that_is_no_web_address_is_refused(string? url) =>
        Submitting(Rating with { Evidence = [new("https://ok.org"), new(url!)] })
            .ThenRefused(EvidenceUrlInvalid, "items[0]", "evidence[1].url", url);

    [Fact]
    public void An_address_of_2000_characters_is_taken_and_one_more_is_refused()
    {
        var longest = "https://example.org/".PadRight(2000, 'x');
        IsTaken(Rating with { Evidence = [new(longest)] });
        Submitting(Rating with { Evidence = [new(longest + "x")] }).ThenRefused(EvidenceUrlInvalid);
    }

    [Fact]
    public void An_evidence_title_beyond_300_characters_is_refused() =>
        Submitting(Rating with { Evidence = [new("https://ok.org", new string('t', 301))] }).ThenRefused(TextTooLong);

    [Fact]
    public void Ten_links_are_taken_and_eleven_refused()
    {
        IsTaken(Rating with { Evidence = [.. Enumerable.Repeat(new Evidence("https://ok.org"), 10)] });
        Submitting(Rating with { Evidence = [.. Enumerable.Repeat(new Evidence("https://ok.org"), 11)] })
            .ThenRefused(TooMuchEvidence, "items[0]", "evidence", "11 links");
    }

    [Fact]
    public void A_null_in_the_list_of_evidence_is_refused() =>
        Submitting(Rating with { Evidence = [null!] }).ThenRefused(EvidenceUrlInvalid);

    [Fact]
    public void Every_fault_of_every_item_is_reported() =>
        Submitting(new RatingItem("X", "COLL", "maybe", 2m, 3m), new RatingItem())

                .ThenRefused(
                UnknownTechnique, VerdictUnknown, ProbabilityOutOfRange, ProbabilityOutOfRange, BoundsOutOfOrder,
                NoQuantity, NothingStated);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
