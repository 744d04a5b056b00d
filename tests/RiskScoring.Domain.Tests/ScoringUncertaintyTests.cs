using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ScoringUncertaintyTests
{
    private const string Lens = "crisp";

    [Fact]
    public void The_answer_says_how_it_was_drawn_and_its_means_agree_with_those_computed_without_drawing()
    {
        var answer = Score(Judged(), SharedBy.Mode).Report(PortfolioChoice.All, null);
        var figures = answer.Uncertainty;
        Assert.Equal(
            new UncertaintySampling(5, 10_000, "mode", "philox-4x64-10", "latin-hypercube, middles of strata", 49, 7), figures.Sampling);
        Assert.Equal(127, figures.Portfolios.Count);
        Assert.Empty(figures.Comparisons);
        Assert.Contains("not an observed frequency", answer.Statement, StringComparison.Ordinal);
        Assert.All(figures.Portfolios, portfolio =>
            Assert.Equal(portfolio.Mean!.Value, portfolio.SampledMean, 4 * portfolio.Sd / 100 + 1e-3 * portfolio.Sd));
        Assert.All(figures.Portfolios, portfolio => Assert.Equal(1, portfolio.Ranks.Sum() + Behind(portfolio), 1e-9));
        Assert.All(figures.Portfolios.Select(portfolio => portfolio.Quantiles), q =>
            Assert.True(q.P05 <= q.P25 && q.P25 <= q.P50 && q.P50 <= q.P75 && q.P75 <= q.P95));
    }

    [Fact]
    public void After_one_verdict_a_cell_the_papers_most_pressing_mode_is_first_more_often_than_others_but_not_mostly()
    {
        var figures = Score(Judged(), SharedBy.Mode).Report(PortfolioChoice.Main, null).Uncertainty;
        var first = figures.FailureModes.MaxBy(mode => mode.Ranks[0])!;
        Assert.Equal("AL-GEN", first.FailureMode);
        Assert.InRange(first.Ranks[0], 0.2, 0.4);
        Assert.Equal(1, figures.FailureModes.Sum(mode => mode.Ranks[0]), 1e-9);
    }

    [Fact]
    public void Two_portfolios_are_compared_in_the_same_draws_unless_one_contains_the_other()
    {
        var figures = Score(Judged(), SharedBy.Mode).Report(PortfolioChoice.Main, ["RE", "ScientistAI"]).Uncertainty;
        Assert.Equal(["RE", "ScientistAI"], figures.ImportanceOf);
        var beside = figures.Comparisons.Single(pair =>
            pair.Portfolio.SequenceEqual(["Debate", "RE"]) && pair.Other.SequenceEqual(["RE", "ScientistAI"]));
        Assert.InRange(beside.Better, 0, 0.2);
        Assert.DoesNotContain(
            figures.Comparisons, pair => pair.Portfolio.All(pair.Other.Contains) || pair.Other.All(pair.Portfolio.Contains));
    }

    [Fact]
    public void Equal_columns_tie_in_every_draw_and_share_the_better_place()
    {
        var figures = Score(ScoringRiskTests.Paper(), SharedBy.None).Report(PortfolioChoice.Main, null).Uncertainty;
        Assert.Equal(0, figures.Sampling.UncertainCells + figures.Sampling.UncertainLikelihoods);
        var twins = figures.FailureModes.Where(mode => mode.FailureMode is "EM-MIS" or "EVAL-DIFF").ToArray();
        Assert.All(twins, mode => Assert.Equal(6, mode.MeanRank));
        Assert.All(twins, mode => Assert.Equal(1, mode.Ranks[5]));
        Assert.Equal(1, figures.Comparisons.Single(pair => pair.Portfolio is ["RLAIF"] && pair.Other is ["W2S"]).Equal);
        Assert.Empty(figures.Tornado);
    }

    [Fact]
    public void Open_and_contested_cells_have_bounds_of_their_own()
    {
        var paper = Mapped(ScoringRiskTests.Paper(), cell => cell with
        {
            Verdict = cell.Mean == 0.5 ? "uncertain" : "vulnerable",
            Status = cell is { Technique: "RE", FailureMode: "AL-GEN" } ? "contested" : "ok",
            Lower90 = 0.2,
            Upper90 = 0.9,
        });
        var portfolios = Score(paper, SharedBy.None).Report(PortfolioChoice.All, null).Uncertainty.Portfolios;
        Assert.Equal([0.130951, 0.1368559], Of("Debate", "RE").OpenBounds!.Select(bound => Math.Round(bound, 12)));
        Assert.Equal([0.0130951, 0.0361], portfolios.Single(one => one.Techniques.Count == 7).OpenBounds!.Select(x => Math.Round(x, 12)));

        // RE alone: DEC-AL at 1 and AL-GEN at the ends of its interval.
        Assert.Equal([0.118, 0.181], Of("RE").ContestedBounds!.Select(bound => Math.Round(bound, 12)));
        Assert.Null(Score(Judged(), SharedBy.None).Report(PortfolioChoice.Main, null).Uncertainty.Portfolios[0].ContestedBounds);

        PortfolioUncertainty Of(params string[] ids) => portfolios.Single(one => one.Techniques.SequenceEqual(ids));
    }

    [Fact]
    public void A_likelihood_is_as_uncertain_as_the_organisations_are_apart()
    {
        var swing = Score(Judged(), SharedBy.None).Report(PortfolioChoice.Main, null).Uncertainty.Tornado.Single(one =>
            one is { Kind: "likelihood", Name: "AL-GEN" });
        var inputs = RiskInputs.From(Judged(), Lens);
        foreach (var (at, u) in new[] { (swing.Low, 0.05), (swing.High, 0.95) })
            Close.To(FailedSets.Joint(inputs.Model.WithLikelihood(6, BetaQuantile.Of(0.1, 0.1 / Math.Sqrt(12), u))), at);
    }

    [Fact]
    public void A_study_of_many_techniques_is_answered_for_a_portfolio_of_few()
    {
        var wide = Wide(13);
        var refused = Assert.Throws<RiskInputException>(() => Score(wide, SharedBy.None).Report(PortfolioChoice.Main, null));
        Assert.Equal("techniques", refused.Field);
        var figures = Score(wide, SharedBy.None).Report(PortfolioChoice.Main, ["T12", "T0"]).Uncertainty;
        Assert.Equal([["T0"], ["T12"], ["T0", "T12"]], figures.Portfolios.Select(portfolio => portfolio.Techniques));
        Assert.Equal(["T0", "T12"], figures.ImportanceOf);
    }

    [Fact]
    public void Ranking_every_portfolio_of_twelve_techniques_is_refused_with_how_many_draws_it_could_have()
    {
        var refused = Assert.Throws<RiskInputException>(() =>
            (Score(Wide(12), SharedBy.None) with { Draws = 4096 }).Report(PortfolioChoice.All, null));
        Assert.Equal("draws is 4096; allowed: at most 739 where 4095 portfolios are ranked, or fewer portfolios.", refused.Message);
    }

    [Fact]
    public void A_cancelled_request_stops() => Assert.ThrowsAny<OperationCanceledException>(() =>
        Score(Judged(), SharedBy.None).Report(PortfolioChoice.Main, null, new CancellationToken(canceled: true)));

    private static ScoreUncertainty Score(ConsensusMatrix matrix, SharedBy shared) => new(matrix, Lens, 5, 10_000, shared);

    private static double Behind(PortfolioUncertainty portfolio) =>
        portfolio.SameSize <= portfolio.Ranks.Count ? 0 : 1 - portfolio.Ranks.Sum();

    /// <summary>The paper's table as one verdict a cell leaves it; two organisations put every likelihood at .05 and .15.</summary>
    internal static ConsensusMatrix Judged()
    {
        var paper = Mapped(ScoringRiskTests.Paper(), cell => cell with
        {
            Mean = cell.Mean == 0.5 ? 0.5 : cell.Mean > 0.5 ? 0.675 : 0.325,
            Sd = 0.215,
        });
        return paper with
        {
            Likelihoods =
            [
                .. paper.Likelihoods.Select(one => one with { Lowest = 0.05, Highest = 0.15, Organisations = 2, Assumed = false }),
            ],
        };
    }

    internal static ConsensusMatrix Mapped(ConsensusMatrix matrix, Func<ConsensusCell, ConsensusCell> change) => matrix with
    {
        Lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>> { [Lens] = [.. matrix.Lenses[Lens].Select(change)] },
    };

    private static ConsensusMatrix Wide(int techniques)
    {
        var paper = ScoringRiskTests.Paper();
        string[] ids = [.. Enumerable.Range(0, techniques).Select(i => $"T{i}")];
        var cells = ids.SelectMany(id => paper.Lenses[Lens].Take(7).Select(cell => cell with { Technique = id, Sd = 0.1 }));
        return paper with
        {
            Techniques = [.. ids.Select(id => new CatalogueItem(id, id, id))],
            SafetyTaxes = [.. ids.Select(id => new ConsensusQuantity(id, null, null, null, 0, 0, true))],
            Portfolios = [],
            Lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>> { [Lens] = [.. cells] },
        };
    }
}
