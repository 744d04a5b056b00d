using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ChoiceTests
{
    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void The_papers_best_portfolios_of_every_size_are_the_published_ones(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        foreach (var size in vectors.GetProperty("best_k_subsets").EnumerateObject())
        {
            var best = Choice.Of(model).BestOfSize(int.Parse(size.Name, null), size.Value.GetArrayLength());
            foreach (var (expected, actual) in size.Value.EnumerateArray().Zip(best))
                Close.To(expected[0].GetDouble(), actual.Joint, 1e-12, $"of {size.Name}");
            Assert.Equal(size.Value.GetArrayLength(), best.Count);
        }
    }

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void The_papers_frontier_of_risk_against_an_ordinal_tax_is_the_published_one(string file)
    {
        var (model, vectors) = Taxed(file);
        var published = vectors.GetProperty("pareto_tax_vs_risk").EnumerateArray().ToArray();
        var frontier = Choice.Of(model).Frontier();
        Assert.Equal(published.Length, frontier.Count);
        foreach (var (expected, actual) in published.Zip(frontier))
        {
            Assert.Equal(expected.GetProperty("tax").GetDouble(), actual.SafetyTax);
            Close.To(expected.GetProperty("risk").GetDouble(), actual.Joint, 1e-12);
            Close.To(actual.Joint, FailedSets.Joint(model.Of(model.IndexesOf(actual.Techniques))), 1e-12);
        }
    }

    [Fact]
    public void Debate_and_representation_engineering_are_beaten_by_RLHF_and_scientist_AI_at_the_same_tax()
    {
        var dominated = Choice.Of(Taxed("paper_a.json").Model).Dominated();
        var pair = dominated.Single(one => one.Portfolio.Techniques.SequenceEqual(["Debate", "RE"]));
        Assert.Equal(["RLHF", "ScientistAI"], pair.By.Techniques);
        Assert.Equal((4.0, 4.0), (pair.Portfolio.SafetyTax!.Value, pair.By.SafetyTax!.Value));
        Assert.Equal(0.10212895, pair.By.Joint, 1e-12);
    }

    [Fact]
    public void Open_cells_give_the_frontier_the_published_bounds()
    {
        var (model, vectors) = Taxed("paper_a.json");
        CellInterval[] open = [new("Debate", "S-TAX", 0, 1), new("ScientistAI", "CAP-DEV", 0, 1), new("ScientistAI", "COLL", 0, 1)];
        var seven = Choice.Of(model, open).BestOfSize(7, 1).Single();
        var published = vectors.GetProperty("portfolios").GetProperty("ALL7").GetProperty("question_bounds");
        Close.To(published[0].GetDouble(), seven.JointRange[0], 1e-12);
        Close.To(published[1].GetDouble(), seven.JointRange[1], 1e-12);
    }

    [Fact]
    public void Nothing_costs_as_little_as_a_point_of_the_frontier_and_fails_less_and_all_else_is_dominated_or_its_equal() =>
        Priced.Sample(model =>
        {
            var choice = Choice.Of(model);
            var (frontier, dominated) = (choice.Frontier(), choice.Dominated());
            var all = ScoreRisk.AllOf(model.Techniques.Count).Select(model.Of)
                .Select(portfolio => (Id: Id(portfolio.Techniques), Tax: portfolio.SafetyTax(), Joint: FailedSets.Joint(portfolio)))
                .Where(portfolio => portfolio.Tax is not null).ToArray();
            foreach (var point in frontier)
                Assert.DoesNotContain(all, other => other.Tax <= point.SafetyTax && other.Joint < point.Joint * (1 - 1e-11));
            foreach (var portfolio in all)
            {
                var beaten = all.Any(other =>
                    (other.Tax <= portfolio.Tax && other.Joint < portfolio.Joint * (1 - 1e-11))
                    || (other.Tax < portfolio.Tax && other.Joint <= portfolio.Joint * (1 + 1e-13)));
                Assert.Equal(beaten, dominated.Any(one => Id(one.Portfolio.Techniques) == portfolio.Id));
            }

            foreach (var one in dominated)
            {
                Assert.Contains(one.By, frontier, Comparer);
                Assert.True(one.By.SafetyTax <= one.Portfolio.SafetyTax && one.By.Joint <= one.Portfolio.Joint * (1 + 1e-12));
            }
        });

    [Fact]
    public void The_next_best_technique_is_the_one_that_leaves_the_least_risk() =>
        Priced.Sample(model =>
        {
            var additions = Choice.Of(model).Additions(["T0"]);
            Assert.Equal(model.Techniques.Skip(1).Order(), additions.Select(addition => addition.Technique).Order());
            Assert.Equal(additions.Select(addition => addition.Joint).Order(), additions.Select(addition => addition.Joint));
            var before = FailedSets.Joint(model.Of([0]));
            foreach (var addition in additions)
            {
                var (i, _) = model.PlaceOf(addition.Technique, "F0");
                Close.To(FailedSets.Joint(model.Of([0, i])), addition.Joint);
                Assert.Equal(before == 0, addition.Ratio is null);
                if (addition.DecadesPerTax is { } decades)
                    Assert.Equal(Math.Log10(before / addition.Joint), decades * addition.SafetyTax!.Value, 1e-11);
            }
        });

    [Fact]
    public void Without_a_portfolio_the_next_best_is_the_best_alone_and_the_unknown_tax_says_nothing()
    {
        var additions = Choice.Of(Models.Of([0.5], [[0.5], [0.25]], safetyTaxes: [1, null])).Additions([]);
        Assert.Equal(new TechniqueAddition("T1", null, 0.125, 0.125, null), additions[0]);
        Assert.Equal("portfolio", Assert.Throws<RiskInputException>(() => Choice.Of(Models.Of([], [[]])).Additions(["T9"])).Field);
    }

    [Fact]
    public void Taxes_that_differ_by_rounding_are_equal()
    {
        // 0.1 + 0.2 is more than 0.3 by a rounding; the better of the two at that tax is on the frontier, and alone.
        var model = Models.Of([0.5, 0.5], [[0.5, 0], [0, 0.5], [0.9, 0]], safetyTaxes: [0.1, 0.2, 0.3]);
        Assert.DoesNotContain(Choice.Of(model).Frontier(), point => point.Techniques.SequenceEqual(["T2"]));
        Assert.Contains(Choice.Of(model).Frontier(), point => point.Techniques.SequenceEqual(["T0", "T1"]));
    }

    [Fact]
    public void Another_rule_of_the_joint_makes_the_choice_by_it()
    {
        var model = Models.Of([0.2], [[0.5], [0.5]], [[0.5], [0.5]]);
        Close.To(0.2 * 0.5, Choice.Of(model, rule: SharedByMode.JointOfAll).BestOfSize(2, 1).Single().Joint);
        Close.To(0.2 * 0.25, Choice.Of(model).BestOfSize(2, 1).Single().Joint);
    }

    private static readonly IEqualityComparer<RankedPortfolio> Comparer =
        EqualityComparer<RankedPortfolio>.Create((one, other) => Id(one!.Techniques) == Id(other!.Techniques), one => one.Techniques.Count);

    /// <summary>
    /// Few different numbers, so that many portfolios are equal in risk or cost and none nearly so, and some taxes unknown.
    /// </summary>
    private static readonly Gen<RiskModel> Priced = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]).SelectMany((n, m) => Gen.Select(
        Quarters.Array[m], Quarters.Array[m].Array[n],
        Gen.Frequency((1, Gen.Const((double?)null)), (8, Gen.Int[0, 3].Select(tax => (double?)tax))).Array[n],
        (likelihoods, means, taxes) => Models.Of(likelihoods, means, safetyTaxes: taxes)));

    private static Gen<double> Quarters => Gen.Int[0, 4].Select(quarters => quarters / 4.0);

    private static (RiskModel Model, System.Text.Json.JsonElement Vectors) Taxed(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        double?[] taxes = [.. vectors.GetProperty("tax_illustrative").EnumerateArray().Select(tax => (double?)tax.GetDouble())];
        return (new RiskModel(
            model.Techniques, model.FailureModes, model.Likelihoods.ToArray(),
            [.. model.Means().Select(row => row.Select(mean => new Vulnerability(mean)).ToArray())], taxes), vectors);
    }

    private static string Id(IEnumerable<string> techniques) => string.Join('+', techniques);
}
