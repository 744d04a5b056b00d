using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class DependenceTests
{
    private static readonly Dictionary<string, int> Listed = new()
    {
        ["S_RLHF"] = 1,
        ["TRIO"] = 7,
        ["DEBATE_RE"] = 24,
        ["RE_SCAI"] = 48,
        ["TRIO_RE_SCAI_IDA"] = 112,
        ["ALL7"] = 127,
    };

    private static readonly string[] Group = ["DEC-AL", "EM-MIS", "EVAL-DIFF", "AL-GEN"];

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Mode_groups_give_the_published_joints_lower_in_one_case_and_higher_in_the_other(string which)
    {
        foreach (var (portfolio, beta, expected) in Published("mode_group_shock", which))
            Close.To(expected, Of(portfolio, new(Groups: [new(Group, beta)]), 2).Joint, 1e-12, $"{portfolio.Techniques.Count}, {beta}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Residual_dependence_gives_the_published_joints(string which)
    {
        foreach (var (portfolio, beta, expected) in Published("residual_comonotone", which))
            Close.To(expected, Of(portfolio, new(ResidualBeta: beta), 2).Joint, 1e-12, $"{portfolio.Techniques.Count}, {beta}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void The_unmodelled_mode_gives_the_published_floor(string which)
    {
        var all = PaperVectorTests.Load($"paper_{which}.json").Model;
        foreach (var expected in Vectors("unmodelled_floor", which).EnumerateObject())
            Close.To(expected.Value.GetDouble(), Of(all, new(UnmodelledFloor: Share(expected.Name)), 1).Joint, 1e-12);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Exclusive_modes_give_the_published_joint_and_product(string which)
    {
        var all = PaperVectorTests.Load($"paper_{which}.json").Model;
        foreach (var expected in Vectors("exclusive_modes", which).EnumerateObject())
        {
            var answer = Of(all.Portfolio(Listed[expected.Name]), new(Exclusive: true), 2);
            Close.To(expected.Value.GetProperty("joint").GetDouble(), answer.Joint, 1e-12);
            Close.To(expected.Value.GetProperty("independent").GetDouble(), answer.Independent, 1e-12);
        }
    }

    [Fact]
    public void Residual_dependence_is_the_literal_mixture_over_all_sets_of_modes() =>
        Gen.Select(Models.Any, Gen.Double[0, 1]).Sample((model, beta) =>
            Assert.Equal(
                Oracles.ResidualByModeSets(model, beta), Of(model, new(ResidualBeta: beta), 2).Joint!.Value, 1e-14));

    [Fact]
    public void Residual_dependence_only_raises_the_joint_up_to_the_strongest_technique() =>
        Gen.Select(Models.Any, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((model, one, other) =>
        {
            double At(double beta) => Of(model, new(ResidualBeta: beta), 2).Joint!.Value;
            var (low, high) = (At(Math.Min(one, other)), At(Math.Max(one, other)));
            Close.To(FailedSets.Joint(model), At(0));
            Assert.True(low <= high * (1 + Close.Rounding));
            Assert.True(high <= Enumerable.Range(0, model.Techniques.Count).Min(i => PortfolioMeasures.Alone(model, i)) * (1 + 1e-12));
            Close.To((At(0) + At(1)) / 2, At(0.5), 1e-12);
        });

    [Fact]
    public void Groups_without_a_cause_change_nothing_and_every_mode_stays_as_likely_as_it_is() =>
        Gen.Select(Models.Any, Gen.Double[0, 1]).Sample((model, beta) =>
        {
            Close.To(FailedSets.Joint(model), Of(model, new(Groups: [new(model.FailureModes, 0)]), 2).Joint, 1e-12);
            // One technique that one mode defeats: the marginal of the mode.
            for (var j = 0; j < model.FailureModes.Count; j++)
            {
                double[] row = [.. model.FailureModes.Select((_, k) => k == j ? 1.0 : 0)];
                var alone = Models.Of(model.Likelihoods.ToArray(), [row]);
                Close.To(model.Likelihoods[j], Of(alone, new(Groups: [new(model.FailureModes, beta)]), 2).Joint, 1e-12);
            }
        });

    [Fact]
    public void A_group_of_one_cause_is_the_sum_over_whether_it_comes()
    {
        var model = Models.Of([0.3, 0.2, 0.5], [[1, 0.5, 0.1], [0.2, 1, 0.7]]);
        var cause = 0.4 * 0.2;
        double At(double first, double second) => FailedSets.Joint(model.WithLikelihood(0, first).WithLikelihood(1, second));
        Close.To(
            cause * At(1, 1) + (1 - cause) * At((0.3 - cause) / (1 - cause), (0.2 - cause) / (1 - cause)),
            Of(model, new(Groups: [new(["F0", "F1"], 0.4)]), 2).Joint);
    }

    [Fact]
    public void Every_assumption_is_named_and_the_shared_modes_come_first()
    {
        var model = Models.Of([0.8, 0.7], [[0.5, 1], [0.5, 0.2]]);
        var answers = Dependence.Of(model, new(0.02, 0.1, [new(["F0", "F1"], 0.5)], Exclusive: true));
        Assert.Equal(
            ["shared-failure-modes", "unmodelled-shared-mode 0.02", "residual-beta 0.1", "mode-groups F0+F1:0.5", "exclusive-modes"],
            answers.Select(answer => answer.Assumption));
        Assert.Null(answers[^1].Joint);
        Assert.Equal("the likelihoods add up to 1.5, and at most 1 is possible", answers[^1].LeftOut);
        Assert.DoesNotContain(answers, answer => answer.Words.Contains("conservative", StringComparison.OrdinalIgnoreCase));
        Close.To(FailedSets.Joint(model), answers[0].Joint);
    }

    [Theory]
    [InlineData("F9", 0.5, "groups[0]")]
    [InlineData("F0", 1.5, "groups[0].beta")]
    [InlineData("F0,F0", 0.5, "groups[0]")]
    [InlineData("", 0.5, "groups[0]")]
    public void A_group_that_is_none_is_refused_by_the_name_of_its_field(string modes, double beta, string field) =>
        Assert.Equal(field, Assert.Throws<RiskInputException>(() => Dependence.Of(
            Models.Of([0.5], [[0.5]]), new(Groups: [new(modes.Split(',', StringSplitOptions.RemoveEmptyEntries), beta)]))).Field);

    private static Contracts.DependentJoint Of(RiskModel model, DependenceOptions options, int place) =>
        Dependence.Of(model, options)[place];

    private static IEnumerable<(RiskModel Portfolio, double Beta, double Expected)> Published(string name, string which)
    {
        var all = PaperVectorTests.Load($"paper_{which}.json").Model;
        return from beta in Vectors(name, which).EnumerateObject()
               from portfolio in beta.Value.EnumerateObject()
               select (all.Portfolio(Listed[portfolio.Name]), Share(beta.Name), portfolio.Value.GetDouble());
    }

    private static JsonElement Vectors(string name, string which) =>
        PaperVectorTests.Read("extras.json").GetProperty(name).GetProperty(which);

    private static double Share(string fraction) =>
        fraction.Split('/').Select(part => double.Parse(part, null)).Aggregate((part, whole) => part / whole);
}
