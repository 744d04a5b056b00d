namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ScoreOfflineTests
{
    [Fact]
    public void The_report_is_about_the_asked_portfolio_and_lists_all()
    {
        var file = File(PaperVectorTests.Load("paper_b.json").Model, [1, 1, 1, 2, 2, 3, 3]);
        var model = file.Build();
        var asked = model.Portfolio(0b0111000);
        var report = new ScoreOffline(file, ["ScientistAI", "Debate", "RE"], new OfflineAssumptions(0.02, 0.1)).Report();
        Assert.Equal(127, report.Portfolios.Count);
        Assert.Equal(Importance.Of(asked), report.Importance);
        Assert.Equal(
            Overlap.Of(asked).Select(pair => (pair.A, pair.B, pair.AGivenB)),
            report.Pairs.Select(pair => (pair.A, pair.B, pair.Conditional)));
        Assert.Equal(Shapley.Of(asked), report.Shapley);
        Assert.Equal(Layers.LeaveOneOut(asked).Select(layer => layer.Ratio), report.LeaveOneOut.Select(layer => layer.Ratio));
        Assert.Equal(Layers.AtLeast(asked), report.AtLeast);
        Assert.Equal(CellImportances.Of(asked), report.Cells);
        Assert.Equal(13, report.Pareto.Count);
        Assert.Empty(report.LeftOut);
        var all = report.Portfolios[^1];
        Assert.Equal(0.02 + 0.98 * all.Joint, all.JointWithFloor, 1e-15);
        Assert.Equal(0.026680987021438146, all.JointWithResidual!.Value, 1e-13);
    }

    [Fact]
    public void Sixty_techniques_are_sampled_and_what_needs_an_exact_number_is_left_out_with_its_reason()
    {
        var random = new Random(1);
        double[] likelihoods = [.. Enumerable.Range(0, 60).Select(_ => 0.1 * random.NextDouble())];
        double[][] means = [.. Enumerable.Range(0, 60).Select(_ => likelihoods.Select(_ => random.NextDouble()).ToArray())];
        var report = new ScoreOffline(File(Models.Of(likelihoods, means)), null, new OfflineAssumptions()).Report();
        var portfolio = Assert.Single(report.Portfolios);
        Assert.Equal(portfolio.Joint, portfolio.Estimate!.Joint);
        Assert.InRange(portfolio.Joint, portfolio.Estimate.Bracket![0], portfolio.Estimate.Bracket[1]);
        Assert.True(Digits(portfolio.EffectiveLayers!.Value) <= 5 && Digits(portfolio.JointWithFloor) <= 5);
        Assert.Equal(60 * 59 / 2, report.Pairs.Count);
        Assert.Equal(
            ["importance", "shapley", "leaveOneOut", "atLeast", "pareto", "cells"], report.LeftOut.Select(left => left.Split(':')[0]));
        Assert.All(report.LeftOut, left => Assert.Contains("allowed: ", left, StringComparison.Ordinal));
    }

    [Fact]
    public void Forty_techniques_under_few_modes_are_exact_with_the_importance_of_every_mode()
    {
        double[] likelihoods = [0.1, 0.2, 0.3];
        double[][] means = [.. Enumerable.Range(0, 40).Select(i => (double[])[0.9, i % 2 == 0 ? 0.95 : 0, 0.5])];
        var model = Models.Of(likelihoods, means);
        var report = new ScoreOffline(File(model), null, new OfflineAssumptions()).Report();
        var joint = Literally(model);
        Assert.Null(report.Portfolios.Single().Estimate);
        Assert.Equal(joint, report.Portfolios.Single().Joint, 1e-14);
        Assert.Equal(3, report.Importance.Count);
        foreach (var (mode, j) in report.Importance.Select((mode, j) => (mode, j)))
            Assert.Equal(Literally(model.WithLikelihood(j, 1)) / joint, mode.Raw!.Value, 1e-11 * mode.Raw.Value);
        foreach (var layer in report.LeaveOneOut.Take(2).Select((layer, i) => (layer, i)))
            Assert.Equal(
                joint / Literally(model.Of([.. Enumerable.Range(0, 40).Where(k => k != layer.i)])),
                layer.layer.Ratio!.Value, 1e-11);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(20)]
    [InlineData(22)]
    public void Importance_of_many_techniques_agrees_with_a_pass_for_each_mode(int techniques)
    {
        var random = new Random(techniques);
        double[] likelihoods = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble())];
        double[] Row() => [.. likelihoods.Select(_ => random.NextDouble())];
        var model = Models.Of(likelihoods, [.. Enumerable.Range(0, techniques).Select(_ => Row())]);
        foreach (var (one, other) in Importance.Of(model).Zip(Importance.OfAnySize(model)))
        {
            Close.To(one.Raw!.Value, other.Raw, 1e-12);
            Close.To(one.Diagnostic!.Value, other.Diagnostic, 1e-12);
            Close.To(one.Birnbaum, other.Birnbaum, 1e-10);
        }
    }

    [Fact]
    public void A_residual_of_all_portfolios_that_takes_too_long_is_computed_for_the_asked_one()
    {
        var ids = Enumerable.Range(0, 12).Select(i => $"T{i}").ToArray();
        var modes = Enumerable.Range(0, 24).Select(j => new OfflineFailureMode($"F{j}", new(j < 20 ? 0 : 0.3))).ToArray();
        var file = new OfflineModel(ids, modes, [.. ids.Select(_ => modes.Select(_ => new OfflineNumber(0.4)).ToArray())]);
        var report = new ScoreOffline(file, ["T3", "T4"], new OfflineAssumptions(ResidualBeta: 0.5)).Report();
        Assert.StartsWith("jointWithResidual: of the asked portfolio only", Assert.Single(report.LeftOut), StringComparison.Ordinal);
        Assert.Equal(["T3", "T4"], Assert.Single(report.Portfolios, portfolio => portfolio.JointWithResidual is not null).Techniques);
    }

    [Theory]
    [InlineData(1.5, null, "floor")]
    [InlineData(0.1, -0.5, "residual-beta")]
    public void An_assumption_that_is_no_probability_is_refused(double floor, double? residual, string field) =>
        Assert.Equal(field, Assert.Throws<RiskInputException>(() => new ScoreOffline(
            File(Models.Of([0.5], [[0.5]])), null, new OfflineAssumptions(floor, residual)).Report()).Field);

    /// <summary>The sum over the sets of failure modes, for any number of techniques.</summary>
    private static double Literally(RiskModel model) => Oracles.ResidualByModeSets(model, 0);

    private static int Digits(double number) =>
        number.ToString("R", null).Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0').Length;

    private static OfflineModel File(RiskModel model, double?[]? taxes = null) => new(
        model.Techniques, [.. model.FailureModes.Select((id, j) => new OfflineFailureMode(id, new(model.Likelihoods[j])))],
        [.. model.Means().Select(row => row.Select(mean => new OfflineNumber(mean)).ToArray())], taxes);
}
