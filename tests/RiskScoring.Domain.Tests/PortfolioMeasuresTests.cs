using System.Globalization;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class PortfolioMeasuresTests
{
    [Fact]
    public void A_technique_alone_fails_as_the_recursion_says() =>
        CsCheck.Check.Sample(Models.Any, model =>
        {
            for (var i = 0; i < model.Techniques.Count; i++)
                Close.To(FailedSets.Joint(model.Of([i])), PortfolioMeasures.Alone(model, i));
        });

    [Fact]
    public void A_technique_that_hardly_ever_fails_keeps_its_digits() =>
        Close.To(3e-18, PortfolioMeasures.Alone(Models.Of([1e-9, 2e-9], [[1e-9, 1e-9]]), 0));

    [Fact]
    public void The_product_of_many_tiny_numbers_is_0_only_below_the_smallest_double()
    {
        Close.To(1e-300, PortfolioMeasures.Independent([1e-100, 1e-100, 1e-100]));
        Assert.Equal(1e-320, PortfolioMeasures.Independent([1e-160, 1e-160]), 1e-322);
        Assert.Equal(0, PortfolioMeasures.Independent([0.3, 0]));
    }

    [Fact]
    public void Effective_layers_count_from_the_number_of_techniques_down_to_one()
    {
        Close.To(2, PortfolioMeasures.EffectiveLayers(0.25 * 0.5, [0.25, 0.5]));
        Close.To(1, PortfolioMeasures.EffectiveLayers(0.25, [0.25, 0.25, 0.25]));
        Close.To(1.25, PortfolioMeasures.EffectiveLayers(Math.Pow(2, -5), [Math.Pow(2, -3), Math.Pow(2, -5)]));
    }

    [Fact]
    public void Effective_layers_are_undefined_when_nothing_or_everything_fails()
    {
        Assert.Null(PortfolioMeasures.EffectiveLayers(0, [0.3, 0]));
        Assert.Null(PortfolioMeasures.EffectiveLayers(1, [1, 1]));
    }

    [Fact]
    public void Frechet_bounds_are_those_of_the_sum_and_of_the_strongest()
    {
        Assert.Equal((0, 0.1), PortfolioMeasures.Frechet([0.1, 0.6]));
        Assert.Equal((0.5, 0.75), PortfolioMeasures.Frechet([0.75, 0.75]));
        Assert.Equal((1, 1), PortfolioMeasures.Frechet([1, 1]));
    }

    [Fact]
    public void Failures_that_only_go_together_are_bounded_by_the_product_and_by_the_strongest() =>
        Assert.Equal((0.125, 0.25), PortfolioMeasures.PositiveDependence([0.25, 0.5]));

    [Fact]
    public void The_unmodelled_failure_mode_is_a_floor()
    {
        Close.To(0.0345743245, PortfolioMeasures.WithFloor(0.02482255, 0.01));
        Close.To(0.01, PortfolioMeasures.WithFloor(0, 0.01));
        Close.To(1, PortfolioMeasures.WithFloor(1, 0.01));
    }

    [Fact]
    public void A_small_common_cause_is_worth_as_few_layers_as_published()
    {
        var examples = PaperVectorTests.Read("simple.json").GetProperty("partially_shared").EnumerateArray().ToArray();
        Assert.Equal(12, examples.Length);
        foreach (var example in examples)
        {
            var (common, own) = (example.GetProperty("pi_common").GetDouble(), example.GetProperty("pi_private").GetDouble());
            double[] likelihoods = [common, .. Enumerable.Repeat(own, 10)];
            double[] Row(int i) => [.. Enumerable.Range(0, 11).Select(j => j == 0 || j == i ? 1.0 : 0)];
            double[][] means = [.. Enumerable.Range(1, 10).Select(Row)];
            var joint = Models.Of(likelihoods, means).JointOfAll();
            Close.To(example.GetProperty("R").GetDouble(), joint[^1]);
            double[] alone = [.. Enumerable.Range(0, 10).Select(i => joint[1 << i])];
            Close.To(example.GetProperty("n_eff").GetDouble(), PortfolioMeasures.EffectiveLayers(joint[^1], alone));
        }
    }

    [Theory]
    [InlineData("paper_a.json", 0, 1)]
    [InlineData("paper_b.json", 0.05, 0.9)]
    public void The_papers_open_cells_bound_every_listed_portfolio_as_published(string file, double resistant, double vulnerable)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        var verdicts = vectors.GetProperty("table");
        var rows = model.Means().Select((row, i) =>
            row.Select((mean, j) => new Vulnerability(mean, 0, verdicts[i][j].GetString() == "?")).ToArray());
        var open = new RiskModel(model.Techniques, model.FailureModes, model.Likelihoods.ToArray(), [.. rows]);
        var (low, high) = (open.WithUnratedAt(resistant).JointOfAll(), open.WithUnratedAt(vulnerable).JointOfAll());
        foreach (var listed in vectors.GetProperty("portfolios").EnumerateObject().Select(entry => entry.Value))
        {
            var mask = listed.GetProperty("mask").GetInt32();
            Close.To(listed.GetProperty("question_bounds")[0].GetDouble(), low[mask]);
            Close.To(listed.GetProperty("question_bounds")[1].GetDouble(), high[mask]);
        }
    }

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Every_failed_set_and_every_joint_in_full_digits_is_the_published_one(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        var exactly = new double[128];
        FailedSets.Distribution(model, exactly);
        var joint = model.JointOfAll();
        for (var mask = 0; mask < 128; mask++)
        {
            var name = mask.ToString(CultureInfo.InvariantCulture);
            Close.To(vectors.GetProperty("failed_set_distribution").GetProperty(name).GetDouble(), exactly[mask], what: $"set {mask}");
            var digits = vectors.GetProperty("all_portfolios_joint_exact").GetProperty(name).GetString()!;
            Close.To(double.Parse(digits, CultureInfo.InvariantCulture), joint[mask], 1e-14, $"portfolio {mask}");
        }
    }
}
