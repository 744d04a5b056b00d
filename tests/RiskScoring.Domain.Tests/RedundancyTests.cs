using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class RedundancyTests
{
    [Fact]
    public void In_the_papers_table_the_pipeline_is_redundant_beside_representation_engineering()
    {
        var redundant = Redundancy.Techniques(PaperVectorTests.Load("paper_a.json").Model);
        Assert.Equal(["RLHF", "RLAIF", "W2S"], redundant.Where(one => one.Beside == "RE").Select(one => one.Technique));
        Assert.Equal(("RLAIF", "W2S"), redundant.Where(one => one.Mutual).Select(one => (one.Technique, one.Beside)).Single());
        Assert.Contains(
            "RLHF adds nothing beside RE: whatever can overcome RE is certain to overcome RLHF.", redundant.Select(one => one.Words));
        Assert.Empty(Redundancy.Techniques(PaperVectorTests.Load("paper_b.json").Model));
    }

    [Fact]
    public void In_the_papers_table_two_failure_modes_act_as_one()
    {
        var same = Assert.Single(Redundancy.FailureModes(PaperVectorTests.Load("paper_a.json").Model));
        Assert.Equal(["EM-MIS", "EVAL-DIFF"], same.FailureModes);
        Close.To(0.19, same.Likelihood);
        Assert.StartsWith("EM-MIS and EVAL-DIFF overcome the same techniques", same.Words, StringComparison.Ordinal);
        Assert.Empty(Redundancy.FailureModes(PaperVectorTests.Load("paper_b.json").Model));
    }

    [Fact]
    public void What_is_called_redundant_changes_no_portfolio_and_what_is_not_changes_one() =>
        Patterns.Sample(model =>
        {
            var (joint, n) = (model.JointOfAll(), model.Techniques.Count);
            var said = Redundancy.Techniques(model)
                .SelectMany(one => one.Mutual ? [(one.Technique, one.Beside), (one.Beside, one.Technique)]
                    : new[] { (one.Technique, one.Beside) })
                .ToHashSet();
            for (var i = 0; i < n; i++)
                for (var k = 0; k < n; k++)
                    if (i != k)
                        Assert.Equal(
                            Close.Is(joint[1 << k], joint[1 << k | 1 << i], 1e-12), said.Contains(($"T{i}", $"T{k}")));
        });

    [Fact]
    public void Modes_called_the_same_merge_into_one_of_the_named_likelihood() =>
        Patterns.Sample(model =>
        {
            foreach (var same in Redundancy.FailureModes(model))
            {
                int[] places = [.. same.FailureModes.Select(id => model.FailureModes.ToList().IndexOf(id))];
                var merged = model.With((likelihoods, _) =>
                {
                    foreach (var j in places) likelihoods[j] = 0;
                    likelihoods[places[0]] = same.Likelihood;
                });
                foreach (var (apart, together) in model.JointOfAll().Zip(merged.JointOfAll())) Close.To(apart, together);
            }
        });

    [Fact]
    public void Beside_a_technique_that_nothing_overcomes_everything_is_redundant() =>
        Assert.Equal(
            "T0 adds nothing beside T1, which nothing in this model can overcome.",
            Assert.Single(Redundancy.Techniques(Models.Of([0.2], [[0.5], [0]]))).Words);

    /// <summary>Mostly zeros and ones, and likelihoods that are neither: what changes nothing does so by the pattern alone.</summary>
    private static readonly Gen<RiskModel> Patterns = Gen.Select(Gen.Int[2, 4], Gen.Int[1, 4]).SelectMany((n, m) => Gen.Select(
        Gen.Double[0.05, 0.95].Array[m],
        Gen.Frequency((3, Gen.Const(0.0)), (3, Gen.Const(1.0)), (1, Gen.Double[0.1, 0.9])).Array[m].Array[n],
        (likelihoods, means) => Models.Of(likelihoods, means)));
}
