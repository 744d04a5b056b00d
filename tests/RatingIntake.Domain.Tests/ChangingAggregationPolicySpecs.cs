using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class ChangingAggregationPolicySpecs
{
    private static readonly AggregationPolicyChanged Set = new(new(Rho: "0.3", Nu: 4), "correlated labs");

    private static ChangeAggregationPolicy Change(PolicyConstants constants) => new(constants, "correlated labs");

    [Fact]
    public void A_study_sets_constants_of_its_own_as_ledger_decimals() =>
        Given(Opened).When(Change(new(0.30m, 2m, 0.1m, 1, 0.05m, -4.6m, -0.123456789m, 4.600m)))
            .Then(new AggregationPolicyChanged(new("0.3", "2", "0.1", 1, "0.05", "-4.6", "-0.123456789", "4.6"), "correlated labs"));

    [Fact]
    public void The_same_constants_again_change_nothing_whatever_the_reason() =>
        Given(Opened, Set).When(new ChangeAggregationPolicy(new(Rho: 0.30m, Nu: 4), "said twice")).ThenNothing();

    [Fact]
    public void A_constant_that_is_left_out_is_rohl_1s_own_again() =>
        Given(Opened, Set).When(Change(new(Nu: 4))).Then(new AggregationPolicyChanged(new(Nu: 4), "correlated labs"));

    [Fact]
    public void Naming_none_takes_a_study_back_and_leaves_one_alone_that_never_set_any()
    {
        Given(Opened, Set).When(Change(new())).Then(new AggregationPolicyChanged(new(), "correlated labs"));
        Given(Opened).When(Change(new())).ThenNothing();
    }

    [Fact]
    public void Both_ends_of_every_range_are_taken()
    {
        Given(Opened).When(Change(new(0m, 0.1m, 0.1m, 1, 0.05m, -4.6m, -1m, 0m)))
            .Then(new AggregationPolicyChanged(new("0", "0.1", "0.1", 1, "0.05", "-4.6", "-1", "0"), "correlated labs"));
        Given(Opened).When(Change(new(1m, 5m, 2.5m, 4, 5m, 0m, 1m, 4.6m)))
            .Then(new AggregationPolicyChanged(new("1", "5", "2.5", 4, "5", "0", "1", "4.6"), "correlated labs"));
    }

    public static TheoryData<PolicyConstants, string, string, string> OutOfRange => new()
    {
        { new(Rho: 1.01m), "rho", "1.01", "0..1" },
        { new(Rho: -0.1m), "rho", "-0.1", "0..1" },
        { new(SigmaWithin: 0.09m), "sigmaWithin", "0.09", "0.1..5" },
        { new(SMin: 2.51m), "sMin", "2.51", "0.1..2.5" },
        { new(Nu: 3), "nu", "3", "one of 1, 2, 4" },
        { new(TauScale: 0m), "tauScale", "0", "0.05..5" },
        { new(ResistantLogit: 0.1m), "resistantLogit", "0.1", "-4.6..0" },
        { new(UncertainLogit: -1.5m), "uncertainLogit", "-1.5", "-1..1" },
        { new(VulnerableLogit: 4.7m), "vulnerableLogit", "4.7", "0..4.6" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_constant_out_of_its_range_is_refused_with_the_range(PolicyConstants constants, string field, string value, string allowed)
    {
        var refused = Assert.IsType<Refused>(Change(constants).Decide(Commands.StudyAfter([Opened])!));
        Assert.Equal([new Refusal(ConstantOutOfRange, "constants", field, value, allowed)], refused.Refusals);
    }

    [Fact]
    public void More_digits_than_the_ledger_holds_no_reason_and_several_faults_are_refused_together()
    {
        Given(Opened).When(Change(new(Rho: 0.1234567891m))).ThenRefused(TooManyDigits, "constants", "rho", "0.1234567891");
        Given(Opened).When(new ChangeAggregationPolicy(new(Rho: 2m, Nu: 5), " "))
            .ThenRefused(TextMissing, ConstantOutOfRange, ConstantOutOfRange);
    }
}
