using System.Text.Json;
using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class PrioritiesTests
{
    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Every_portfolio_of_the_paper_has_the_published_importance_from_the_one_pass_over_all(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        var all = ImportanceOfAll.Of(model);
        foreach (var listed in vectors.GetProperty("portfolios").EnumerateObject().Select(entry => entry.Value))
        {
            var importance = all.Of(listed.GetProperty("mask").GetInt32());
            var differential = Importance.Differential(model, importance);
            foreach (var (one, shares) in importance.Zip(differential))
            {
                var expected = listed.GetProperty("importance").GetProperty(one.FailureMode);
                double Number(string name) => expected.GetProperty(name).GetDouble();
                Assert.Equal(Number("mif"), one.Birnbaum, 1e-12 * Number("R_if_certain"));
                Assert.Equal(Number("cif_fv"), one.Criticality!.Value, 1e-12);
                Close.To(Number("dif"), one.Diagnostic, 1e-12);
                Close.To(Number("raw"), one.Raw, 1e-12);
                if (one.Rrw is not null) Close.To(Number("rrw"), one.Rrw, 1e-12);
                Assert.Equal(Number("dim_h1"), shares.Uniform!.Value, 1e-12);
                Assert.Equal(Number("dim_h2"), shares.Proportional!.Value, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Averages_and_first_places_over_the_papers_127_portfolios_are_the_published_ones(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        foreach (var average in ImportanceOfAll.Of(model).Averages())
        {
            JsonElement Published(string name) => vectors.GetProperty(name).GetProperty(average.FailureMode);
            Close.To(Published("mode_mean_cif_over_127").GetDouble(), average.Criticality, 1e-12);
            Assert.Equal(Published("mode_is_top_cif_count_over_127").GetInt32(), average.First);
            Assert.Equal(127, average.Portfolios);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void With_likelihoods_drawn_at_random_AL_GEN_is_first_as_often_as_published(string which)
    {
        const int Draws = 4000;
        var model = PaperVectorTests.Load($"paper_{which}.json").Model;
        var published = PaperVectorTests.Read("extras.json").GetProperty("algen_top_share_pi_uniform_0.01_0.3_seed3_N4000");
        var portfolios = new Dictionary<string, int> { ["TRIO"] = 7, ["DEBATE_RE"] = 24, ["ALL7"] = 127, ["ALL_BUT_SCAI"] = 95 };
        var (first, random) = (portfolios.Keys.ToDictionary(name => name, _ => 0), new Random(1));
        for (var draw = 0; draw < Draws; draw++)
        {
            var drawn = ImportanceOfAll.Of(model.With((likelihoods, _) =>
            {
                foreach (ref var likelihood in likelihoods.AsSpan()) likelihood = 0.01 + 0.29 * random.NextDouble();
            }));
            foreach (var (name, portfolio) in portfolios)
                if (drawn.Of(portfolio).MaxBy(mode => mode.Criticality)!.FailureMode == "F6") first[name]++;
        }

        foreach (var (name, count) in first)
        {
            var share = published.GetProperty($"{which}/{name}").GetProperty("algen_top_cif").GetDouble();
            // Both sides are drawn.
            Assert.Equal(share, (double)count / Draws, 4 * Math.Sqrt(2 * share * (1 - share) / Draws));
        }
    }

    [Fact]
    public void The_importance_from_one_pass_is_that_of_each_portfolio_on_its_own() =>
        Models.Any.Sample(model =>
        {
            var all = ImportanceOfAll.Of(model);
            for (var portfolio = 1; portfolio < 1 << model.Techniques.Count; portfolio++)
                foreach (var (one, other) in Importance.Of(model.Portfolio(portfolio)).Zip(all.Of(portfolio)))
                {
                    Assert.Equal(one.Birnbaum, other.Birnbaum, 1e-14);
                    Same(one.Criticality, other.Criticality);
                    Same(one.Diagnostic, other.Diagnostic);
                    Same(one.Raw, other.Raw);
                    Same(one.Rrw, other.Rrw);
                }
        });

    [Fact]
    public void Without_each_mode_is_the_distribution_with_its_likelihood_at_0() =>
        Models.Any.Sample(model =>
        {
            var seen = new List<int>();
            WithoutEachMode.Of(model, (j, exactly, _) =>
            {
                seen.Add(j);
                foreach (var (expected, p) in FailedSets.Distribution(model.WithLikelihood(j, 0)).Zip(exactly.ToArray()))
                    Close.To(expected, p);
            });
            Assert.Equal(Enumerable.Range(0, model.FailureModes.Count), seen);
        });

    [Fact]
    public void A_cell_matters_by_the_joint_with_it_at_1_less_the_joint_with_it_at_0() =>
        Models.Any.Sample(
            model =>
            {
                var (all, m) = ((1 << model.Techniques.Count) - 1, model.FailureModes.Count);
                foreach (var (cell, place) in CellImportances.Of(model).Select((cell, place) => (cell, place)))
                {
                    Dyadic At(double value) => Oracles.ExactByInclusionAndExclusion(
                        model.With((_, means) => means[place / m][place % m] = value), all);
                    Assert.Equal(($"T{place / m}", $"F{place % m}"), (cell.Technique, cell.FailureMode));
                    Close.To((At(1) - At(0)).ToDouble(), cell.Derivative);
                }
            },
            iter: 40);

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void The_papers_open_cells_range_over_what_is_published(string file)
    {
        var (model, vectors) = PaperVectorTests.Load(file);
        var open = vectors.GetProperty("question_cells_all7").EnumerateObject().Select(cell => (Id: cell.Name.Split('/'), cell.Value))
            .ToArray();
        var ranges = CellImportances.Ranges(model, [.. open.Select(cell => new CellInterval(cell.Id[0], cell.Id[1], 0, 1))]);
        Assert.Equal(3, ranges.Count);
        foreach (var (range, expected) in ranges.Zip(open))
        {
            Close.To(expected.Value.GetProperty("R_all7_if_0").GetDouble(), range.Joint[0], 1e-12);
            Close.To(expected.Value.GetProperty("R_all7_if_1").GetDouble(), range.Joint[1], 1e-12);
            var derivative = CellImportances.Of(model)
                .Single(cell => (cell.Technique, cell.FailureMode) == (range.Technique, range.FailureMode)).Derivative;
            Close.To(range.Joint[1] - range.Joint[0], derivative, 1e-12);
        }
    }

    [Fact]
    public void Cells_of_other_portfolios_are_passed_over_and_an_interval_of_one_point_changes_nothing()
    {
        var model = Models.Of([0.1, 0.2], [[0.5, 0.2], [0.7, 1]]);
        var ranges = CellImportances.Ranges(model.Of([1]), [new("T0", "F0", 0, 1), new("T1", "F0", 0.7, 0.7)]);
        Assert.Equal(FailedSets.Joint(model.Of([1])), Assert.Single(ranges).Joint[0]);
        Assert.Equal(ranges[0].Joint[0], ranges[0].Joint[1]);
    }

    [Fact]
    public void Portfolios_that_cannot_fail_have_no_part_in_the_averages()
    {
        var averages = ImportanceOfAll.Of(Models.Of([0.5], [[0], [0.4]])).Averages();
        Assert.Equal(new AverageImportance("F0", 0.4, 1, 1, 2, 1, 1), averages.Single());
        Assert.Null(ImportanceOfAll.Of(Models.Of([0.5], [[0]])).Averages().Single().Criticality);
    }

    [Fact]
    public void A_model_beyond_the_limit_is_refused_with_its_size()
    {
        var wide = Models.Of([.. Enumerable.Repeat(0.1, 5)], [.. Enumerable.Repeat(new[] { 0.1, 0.2, 0.3, 0.4, 0.5 }, 20)]);
        var refused = Assert.Throws<RiskInputException>(() => ImportanceOfAll.Of(wide));
        Assert.Equal("20 long with 5 failure modes", refused.Value);
        Assert.Throws<RiskInputException>(() => CellImportances.Of(Models.Of([0.1], [.. Enumerable.Repeat(new[] { 0.5 }, 33)])));
    }

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } number) Assert.Equal(number, actual!.Value, 1e-12 * Math.Max(1, number));
    }
}
