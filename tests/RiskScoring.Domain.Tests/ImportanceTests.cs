using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ImportanceTests
{
    [Fact]
    public void Importance_is_what_making_the_mode_certain_or_impossible_changes() =>
        Models.Any.Sample(
            model =>
            {
                var all = (1 << model.Techniques.Count) - 1;
                var joint = Oracles.ByInclusionAndExclusion(model, all);
                var importance = Importance.Of(model);
                for (var j = 0; j < importance.Count; j++)
                {
                    var likelihood = model.Likelihoods[j];
                    var certain = Oracles.ByInclusionAndExclusion(model.With((likelihoods, _) => likelihoods[j] = 1), all);
                    var impossible = Oracles.ByInclusionAndExclusion(model.With((likelihoods, _) => likelihoods[j] = 0), all);
                    Assert.Equal(model.FailureModes[j], importance[j].FailureMode);
                    Assert.Equal(certain - impossible, importance[j].Birnbaum, 1e-13 * certain);
                    Same(joint == 0 ? null : likelihood * certain / joint, importance[j].Diagnostic);
                    Same(joint == 0 ? null : certain / joint, importance[j].Raw);
                    Same(impossible == 0 || joint == 0 ? null : joint / impossible, importance[j].Rrw);
                    Assert.Equal(joint == 0, importance[j].Criticality is null);
                    Assert.Equal(joint == 0 ? 0 : (joint - impossible) / joint, importance[j].Criticality ?? 0, 1e-13);
                }
            },
            iter: 40);

    [Fact]
    public void Two_modes_with_the_same_column_and_likelihood_are_equally_important()
    {
        var importance = Importance.Of(Models.Of([0.1, 0.3, 0.1], [[0.2, 0.9, 0.2], [0.7, 0.1, 0.7]]));
        Close.To(importance[0].Birnbaum, importance[2].Birnbaum);
        Close.To(importance[0].Criticality!.Value, importance[2].Criticality);
    }

    [Fact]
    public void A_mode_that_nothing_is_vulnerable_to_has_no_importance()
    {
        var importance = Importance.Of(Models.Of([0.1, 0.3], [[0.2, 0], [0.7, 0]]));
        Assert.Equal(0, importance[1].Birnbaum);
        Assert.Equal(0, importance[1].Criticality);
        Assert.Equal(1, importance[1].Raw);
        Assert.Equal(1, importance[1].Rrw);
        Assert.Equal(0.3, importance[1].Diagnostic!.Value, 1e-15);
    }

    [Fact]
    public void A_portfolio_that_cannot_fail_leaves_the_ratios_undefined()
    {
        Assert.Equal(new FailureModeImportance("F0", 0, null, null, null, null), Importance.Of(Models.Of([0.5], [[0], [0.4]]))[0]);
        Assert.Null(Importance.Of(Models.Of([0.5], [[0.4]]))[0].Rrw);
    }

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } number)
            Close.To(number, actual);
    }
}
