using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class SimulatingRiskTests
{
    private static readonly ConsensusMatrix Paper = ScoringRiskTests.Paper();

    private static readonly ConsensusMatrix Judged = ScoringUncertaintyTests.Mapped(
        ScoringUncertaintyTests.Judged(), cell => cell with { Lower90 = cell.Mean / 4, Upper90 = 1 - (1 - cell.Mean) / 4 });

    [Fact]
    public void Without_overrides_the_portfolio_is_the_published_one()
    {
        var answer = Simulate(new(["RE", "Debate"]));
        Assert.Equal(Same(answer.Published), Same(answer.Portfolio));
        Assert.Equal(Same(new ScoreRisk(Judged, "crisp").Portfolio(["Debate", "RE"]).Portfolio), Same(answer.Portfolio));
        Assert.Equal(answer.Portfolio.Joint, answer.Dependence[0].Joint!.Value, 1e-15);
        Close.To(answer.Portfolio.Independent, answer.Dependence[0].Independent);
        Assert.Empty(answer.LeftOut);
    }

    [Fact]
    public void Overrides_give_what_a_matrix_with_these_numbers_gives()
    {
        var answer = Simulate(Paper, new(
            ["Debate", "RE"], Cells: [new("RE", "AL-GEN", 0.25), new("Debate", "S-TAX", 0)], Likelihoods: [new("AL-GEN", 0.3)],
            SafetyTaxes: [new("RE", 2), new("Debate", 1.5)], UnmodelledFloor: 0.05));
        var paper = PaperVectorTests.Load("paper_a.json").Model;
        var changed = paper.WithCells((i, j, cell) => (paper.Techniques[i], paper.FailureModes[j]) switch
        {
            ("RE", "AL-GEN") => new Vulnerability(0.25),
            ("Debate", "S-TAX") => new Vulnerability(0),
            _ => cell,
        }).WithLikelihood(paper.PlaceOfMode("AL-GEN"), 0.3);
        var expected = FailedSets.Joint(changed.Of(changed.IndexesOf(["Debate", "RE"])));
        Close.To(expected, answer.Portfolio.Joint);
        Close.To(0.05 + 0.95 * expected, answer.Portfolio.JointWithFloor);
        Assert.Equal(3.5, answer.Portfolio.SafetyTax);
        Assert.Null(answer.Published.SafetyTax);
        Close.To(0.13390345, answer.Published.Joint);
        Assert.Equal(0.05, answer.Assumptions.UnmodelledFloor);
        Assert.DoesNotContain("AL-GEN", answer.Assumptions.AssumedLikelihoods);
        Assert.Equal(6, answer.Assumptions.AssumedLikelihoods.Count);
    }

    [Fact]
    public void A_portfolio_that_needs_more_layers_fails_when_fewer_hold()
    {
        var answer = Simulate(Paper, new(["RE", "ScientistAI", "IDA"], LayersNeeded: 2));
        var model = PaperVectorTests.Load("paper_a.json").Model;
        var portfolio = model.Of(model.IndexesOf(["RE", "ScientistAI", "IDA"]));
        Close.To(Oracles.AtLeastByModeSets(portfolio, 2), answer.Layers.Fails, 1e-12);
        var p = Enumerable.Range(0, 3).Select(i => PortfolioMeasures.Alone(portfolio, i)).ToArray();
        Close.To(p[0] * p[1] + p[0] * p[2] + p[1] * p[2] - 2 * p[0] * p[1] * p[2], answer.Layers.FailsIfIndependent, 1e-12);
        Assert.Equal(4, answer.Layers.AtLeast.Count);
        Close.To(answer.Portfolio.Joint, answer.Layers.AtLeast[^1]);
        Close.To(answer.Portfolio.Independent, Simulate(Paper, new(["RE", "ScientistAI", "IDA"])).Layers.FailsIfIndependent);
    }

    [Fact]
    public void The_best_technique_to_add_and_the_cells_that_matter_most_come_first_with_what_they_could_make_of_the_joint()
    {
        var answer = Simulate(new(["Debate", "RE"]));
        Assert.Equal(5, answer.Additions.Count);
        Assert.Equal("ScientistAI", answer.Additions[0].Technique);
        Close.To(Simulate(new(["Debate", "RE", "ScientistAI"])).Portfolio.Joint, answer.Additions[0].Joint, 1e-12);
        Assert.Equal(SimulateRisk.MostCells, answer.Cells.Count);
        Assert.Equal(answer.Cells.OrderByDescending(cell => cell.Derivative), answer.Cells);
        var first = answer.Cells[0];
        double At(double to) => Simulate(new(["Debate", "RE"], Cells: [new(first.Technique, first.FailureMode, to)])).Portfolio.Joint;
        Close.To(At(1) - At(0), first.Derivative, 1e-12);
        Close.To(At(first.Interval![0]), first.Joint![0]);
        Close.To(At(first.Interval[1]), first.Joint[1]);
        Assert.Equal(2, answer.LeaveOneOut.Count);
        Assert.Equal(7, answer.Importance.Count);
    }

    [Fact]
    public void A_number_that_is_set_is_certain_and_the_rest_keeps_its_uncertainty()
    {
        var free = Simulate(new(["RE"])).Uncertainty!;
        var cells = Judged.FailureModes.Select(mode => new CellOverride("RE", mode.Id, 0.5)).ToArray();
        var likelihoods = Judged.FailureModes.Select(mode => new LikelihoodOverride(mode.Id, 0.1)).ToArray();
        var settled = Simulate(new(["RE"], Cells: cells, Likelihoods: likelihoods));
        Assert.True(free.Sd > 0.001);
        Assert.Equal((7, 7), (free.Sampling.UncertainCells, free.Sampling.UncertainLikelihoods));
        Assert.Equal(0, settled.Uncertainty!.Sampling.UncertainCells + settled.Uncertainty.Sampling.UncertainLikelihoods);
        Assert.Equal(settled.Portfolio.Joint, settled.Uncertainty.Quantiles.P05, 1e-15);
        Assert.All(settled.Cells, cell => Assert.Null(cell.Interval));
        Assert.Equal(Simulate(new(["RE"], Seed: 3)).Uncertainty!.Sd, Simulate(new(["RE"], Seed: 3)).Uncertainty!.Sd);
        Assert.NotEqual(free.Sd, Simulate(new(["RE"], Seed: 3)).Uncertainty!.Sd);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_as_described_is_refused_by_the_name_of_its_field(string field, string allowed, SimulateRequest asked)
    {
        var refused = Assert.Throws<RiskInputException>(() => new SimulateRisk(Judged, "crisp", asked).Report());
        Assert.Equal(field, refused.Field);
        Assert.Contains(allowed, refused.Allowed, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, SimulateRequest> Refused => new()
    {
        { "techniques", "at least one of RLHF", new([]) },
        { "techniques[1]", "one of RLHF", new(["RE", "NO-SUCH"]) },
        { "techniques", "every id once", new(["RE", "RE"]) },
        { "layersNeeded", "1..2", new(["RE", "IDA"], LayersNeeded: 3) },
        { "layersNeeded", "1..7", new(LayersNeeded: 0) },
        { "cells[1].vulnerability", "0 to 1", new(Cells: [new("RE", "COLL", 0.5), new("RE", "S-TAX", 1.5)]) },
        { "cells[0].technique", "one of RLHF", new(Cells: [new("NO-SUCH", "COLL", 0.5)]) },
        { "cells[0].failureMode", "one of S-TAX", new(Cells: [new("RE", "NO-SUCH", 0.5)]) },
        { "cells[1]", "once", new(Cells: [new("RE", "COLL", 0.5), new("RE", "COLL", 0.6)]) },
        { "cells[0]", "a name and a number", new(Cells: [null!]) },
        { "likelihoods[0].likelihood", "0 to 1", new(Likelihoods: [new("COLL", double.PositiveInfinity)]) },
        { "likelihoods[0].failureMode", "one of S-TAX", new(Likelihoods: [new("RE", 0.1)]) },
        { "safetyTaxes[0].safetyTax", "0 or more", new(SafetyTaxes: [new("RE", -1)]) },
        { "unmodelledFloor", "0 to 1", new(UnmodelledFloor: -0.1) },
        { "residualBeta", "0 to 1", new(ResidualBeta: 2) },
        { "groups", "at most 8", new(Groups: [.. Enumerable.Repeat(new ModeGroup(["COLL"], 0.5), 9)]) },
        { "groups[0]", "one of S-TAX", new(Groups: [new(["NO-SUCH"], 0.5)]) },
        { "groups[1]", "every failure mode once", new(Groups: [new(["COLL"], 0.5), new(["COLL"], 0.5)]) },
        { "groups[0].beta", "0 to 1", new(Groups: [new(["COLL"], 1.5)]) },
        { "seed", "0..9007199254740991", new(Seed: -1) },
    };

    private static RiskSimulation Simulate(SimulateRequest asked) => Simulate(Judged, asked);

    private static RiskSimulation Simulate(ConsensusMatrix matrix, SimulateRequest asked) =>
        new SimulateRisk(matrix, "crisp", asked).Report();

    private static string Same(PortfolioRisk risk) => System.Text.Json.JsonSerializer.Serialize(risk, ContractJson.Options);
}
