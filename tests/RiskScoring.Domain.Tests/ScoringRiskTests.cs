using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ScoringRiskTests
{
    [Fact]
    public void The_papers_table_under_crisp_gives_the_papers_conclusions_as_numbers()
    {
        var report = new ScoreRisk(Paper(), "crisp").Report(PortfolioChoice.Main);
        var trio = report.Portfolios.Single(portfolio => portfolio.Name == "RLHF pipeline");
        var all = report.Portfolios.Single(portfolio => portfolio.Name == "all techniques");
        Assert.Equal(0.40951, trio.Joint, 12);
        Assert.Equal(0.02482255, all.Joint, 12);
        Assert.Equal(92.783, all.DependenceEffect!.Value, 3);
        Assert.Null(all.JointSharedByMode);
        Assert.Equal("AL-GEN", report.Importance.MaxBy(importance => importance.Criticality)!.FailureMode);
        Assert.Equal(0.01 + 0.99 * all.Joint, all.JointWithFloor, 15);
        Assert.Contains("not an observed frequency", report.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void All_portfolios_of_seven_techniques_are_127_and_agree_with_the_report_of_the_main_ones()
    {
        var all = new ScoreRisk(Paper(), "crisp").Report(PortfolioChoice.All);
        Assert.Equal(127, all.Portfolios.Count);
        foreach (var main in new ScoreRisk(Paper(), "crisp").Report(PortfolioChoice.Main).Portfolios)
            Assert.Equal(main.Joint, all.Portfolios.Single(portfolio => portfolio.Techniques.SequenceEqual(main.Techniques)).Joint);
    }

    [Fact]
    public void An_unrated_cell_marks_its_portfolios_incomplete_and_bounds_them()
    {
        var paper = Paper();
        var holes = paper with
        {
            Lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>>
            {
                ["crisp"] = [.. paper.Lenses["crisp"].Select(cell => cell is { Technique: "RE", FailureMode: "AL-GEN" }
                    ? new ConsensusCell("RE", "AL-GEN", 0, 0, null, null, null, null, null, null, null, null, null, null, "no_data")
                    : cell)],
            },
        };
        var report = new ScoreRisk(holes, "crisp").Portfolio(["RE", "Debate"]);
        Assert.True(report.Portfolio.Incomplete);
        Assert.Equal(["RE/AL-GEN"], report.Assumptions.UnratedCells);
        Assert.True(report.Portfolio.UnratedBounds[0] < report.Portfolio.Joint
            && report.Portfolio.Joint < report.Portfolio.UnratedBounds[1]);
        Assert.False(new ScoreRisk(holes, "crisp").Portfolio(["IDA"]).Portfolio.Incomplete);
    }

    [Fact]
    public void Uncertainty_shared_by_a_mode_raises_the_joint_and_nothing_else()
    {
        // Three cells, each one "vulnerable" verdict under rohl-1: mean .675, sd .215; one failure mode that is certain.
        const double Mean = 0.6753239005528392, Sd = 0.214861178380726;
        var cells = Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<Vulnerability>)[new Vulnerability(Mean, Sd)]).ToArray();
        var model = new RiskModel(["a", "b", "c"], ["m"], [1.0], cells);
        Assert.Equal(0.308, FailedSets.Joint(model), 3);
        Assert.Equal(0.396, SharedByMode.Joint(model), 3);
        // A technique on its own keeps its probability, to the quadrature (16 nodes of a curved quantile function).
        Assert.InRange(SharedByMode.Joint(model.Of([0])), Mean - 1e-4, Mean + 1e-4);
    }

    [Fact]
    public void The_same_matrix_gives_the_same_digest_and_another_gives_another()
    {
        var digest = new ScoreRisk(Paper(), "crisp").Report(PortfolioChoice.Main).Digest;
        Assert.Equal(digest, new ScoreRisk(Paper(), "crisp").Report(PortfolioChoice.Main).Digest);
        Assert.NotEqual(digest, new ScoreRisk(Paper() with { Version = 8 }, "crisp").Report(PortfolioChoice.Main).Digest);
    }

    [Theory]
    [InlineData("RLHF", "RLHF")]
    [InlineData("NO-SUCH")]
    [InlineData]
    public void A_portfolio_that_names_no_set_of_techniques_is_refused_with_what_is_allowed(params string[] techniques)
    {
        var refused = Assert.Throws<RiskInputException>(() => new ScoreRisk(Paper(), "crisp").Portfolio(techniques));
        Assert.StartsWith("portfolio", refused.Field, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Allowed);
    }

    [Fact]
    public void Of_many_large_portfolios_a_report_has_the_largest_and_says_how_many_are_left_out()
    {
        var paper = Paper();
        string[] ids = [.. Enumerable.Range(0, 30).Select(i => $"T{i}")];
        var row = paper.Lenses["crisp"].Take(paper.FailureModes.Count).ToArray();
        var wide = paper with
        {
            Techniques = [.. ids.Select(id => new CatalogueItem(id, id, id))],
            SafetyTaxes = [.. ids.Select(id => new ConsensusQuantity(id, 1, 1, 1, 1, 1, false))],
            Portfolios = [.. Enumerable.Range(13, 10).Select(size => new NamedPortfolio($"first {size}", ids[..size]))],
            Lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>>
            {
                ["crisp"] = [.. ids.SelectMany(id => row.Select(cell => cell with { Technique = id, Mean = 0.5 }))],
            },
        };
        var report = new ScoreRisk(wide, "crisp").Report(PortfolioChoice.Main);
        Assert.Equal(
            [16, 17, 18, 19, 20, 21, 22, 30],
            report.Portfolios.Select(portfolio => portfolio.Techniques.Count).Where(size => size > 12).Order());
        Assert.StartsWith("portfolios: 3 named ones", report.LeftOut![0], StringComparison.Ordinal);
        Assert.Null(new ScoreRisk(paper, "crisp").Report(PortfolioChoice.Main).LeftOut);
    }

    internal static ConsensusMatrix Paper()
    {
        var (model, vectors) = PaperVectorTests.Load("paper_a.json");
        var rows = vectors.GetProperty("V");
        var cells = model.Techniques.SelectMany((technique, i) => model.FailureModes.Select((mode, j) => new ConsensusCell(
            technique, mode, 1, 1, rows[i][j].GetDouble(), null, null, null, null, null, null, null, null, null, "single_source")));
        return new ConsensusMatrix(
            "dung-mai-2025", null, 7, "00", "2026-11-23T00:00:00.000000Z",
            [.. model.Techniques.Select(id => new CatalogueItem(id, id, id))],
            [.. model.FailureModes.Select(id => new CatalogueItem(id, id, id))],
            [new("RLHF pipeline", ["RLHF", "RLAIF", "W2S"]), new("Debate and RE", ["Debate", "RE"])],
            [.. model.FailureModes.Select(id => new ConsensusQuantity(id, 0.1, null, null, 0, 0, true))],
            [.. model.Techniques.Select(id => new ConsensusQuantity(id, null, null, null, 0, 0, true))],
            new Dictionary<string, IReadOnlyList<ConsensusCell>> { ["crisp"] = [.. cells] }, "digest");
    }
}
