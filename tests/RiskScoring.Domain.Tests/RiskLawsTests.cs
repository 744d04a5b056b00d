using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>What must hold for every model (P1 to P7 of the method).</summary>
public sealed class RiskLawsTests
{
    private static readonly Gen<(RiskModel Model, int Row, int Column, double Value)> ModelAndCell =
        Models.Any.SelectMany(model => Gen.Select(
            Gen.Int[0, model.Techniques.Count - 1], Gen.Int[0, model.FailureModes.Count - 1], Gen.Double[0, 1],
            (row, column, value) => (model, row, column, value)));

    [Fact]
    public void A_technique_fails_as_often_as_the_closed_form_says() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var i = 0; i < model.Techniques.Count; i++)
            {
                var survives = 1.0;
                for (var j = 0; j < model.FailureModes.Count; j++)
                    survives *= 1 - model.Likelihoods[j] * model.Means(j)[i];
                Assert.Equal(1 - survives, joint[1 << i], 1e-14);
            }
        });

    [Fact]
    public void Failures_are_positively_associated() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var portfolio = 1; portfolio < joint.Length; portfolio++)
            {
                double[] alone = [.. Models.Bits(portfolio).Select(i => joint[1 << i])];
                Assert.True(joint[portfolio] >= PortfolioMeasures.Independent(alone) * (1 - Close.Rounding));
                Assert.True(joint[portfolio] <= alone.Min());
                var (low, high) = PortfolioMeasures.Frechet(alone);
                Assert.InRange(joint[portfolio], low - 1e-14, high);
            }
        });

    [Fact]
    public void Adding_a_technique_never_raises_the_risk() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                for (var i = 0; i < model.Techniques.Count; i++)
                    Assert.True(joint[portfolio | 1 << i] <= joint[portfolio]);
        });

    [Fact]
    public void Risk_is_linear_in_every_cell() =>
        ModelAndCell.Sample((model, row, column, value) =>
            IsMixture(model, value, (at, change) => change.Means[row][column] = at));

    [Fact]
    public void Risk_is_linear_in_every_likelihood() =>
        ModelAndCell.Sample((model, _, column, value) =>
            IsMixture(model, value, (at, change) => change.Likelihoods[column] = at));

    [Fact]
    public void Risk_never_falls_when_a_cell_or_a_likelihood_rises() =>
        ModelAndCell.Sample((model, row, column, value) =>
        {
            var raisedCell = model.With((_, means) => means[row][column] = Math.Max(value, means[row][column])).JointOfAll();
            var raisedMode = model.With((likelihoods, _) => likelihoods[column] = Math.Max(value, likelihoods[column])).JointOfAll();
            foreach (var (before, cell, mode) in model.JointOfAll().Zip(raisedCell, raisedMode))
            {
                Assert.True(cell >= before * (1 - Close.Rounding));
                Assert.True(mode >= before * (1 - Close.Rounding));
            }
        });

    [Fact]
    public void A_technique_that_fails_whenever_another_does_adds_nothing_beside_it() =>
        ModelAndCell.Sample((model, row, _, _) =>
        {
            var n = model.Techniques.Count;
            double[] weaker = [.. model.Means()[row].Select(v => v > 0 ? 1.0 : 0.0)];
            var with = Models.Of(model.Likelihoods.ToArray(), [.. model.Means(), weaker]).JointOfAll();
            for (var portfolio = 0; portfolio < 1 << n; portfolio++)
                if ((portfolio >> row & 1) == 1)
                    Close.To(with[portfolio], with[portfolio | 1 << n], what: "redundant layer");
        });

    [Fact]
    public void Two_failure_modes_with_the_same_certain_column_merge_into_one() =>
        Models.Any.Sample(model =>
        {
            double[] likelihoods = [.. model.Likelihoods, 0.3, 0.2];
            double[] merged = [.. model.Likelihoods, 1 - 0.7 * 0.8];
            var means = model.Means();
            double[][] twice = [.. means.Select((row, i) => (double[])[.. row, i % 2, i % 2])];
            double[][] once = [.. means.Select((row, i) => (double[])[.. row, i % 2])];
            foreach (var (two, one) in Models.Of(likelihoods, twice).JointOfAll().Zip(Models.Of(merged, once).JointOfAll()))
                Close.To(one, two);
        });

    [Fact]
    public void Each_further_technique_helps_less_beside_a_larger_portfolio() =>
        Models.Any.Sample(model =>
        {
            var joint = model.JointOfAll();
            for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                for (var i = 0; i < model.Techniques.Count; i++)
                    for (var k = 0; k < model.Techniques.Count; k++)
                        if (i != k && (portfolio >> i & 1) == 0 && (portfolio >> k & 1) == 0)
                            Assert.True(
                                joint[portfolio] - joint[portfolio | 1 << i]
                                >= joint[portfolio | 1 << k] - joint[portfolio | 1 << k | 1 << i] - 1e-14);
        });

    [Fact]
    public void The_order_of_techniques_and_failure_modes_does_not_matter() =>
        Models.Any.SelectMany(model => Gen.Select(
                Gen.Shuffle(Enumerable.Range(0, model.Techniques.Count).ToArray()),
                Gen.Shuffle(Enumerable.Range(0, model.FailureModes.Count).ToArray()),
                (rows, columns) => (model, rows, columns)))
            .Sample((model, rows, columns) =>
            {
                var (likelihoods, means) = (model.Likelihoods.ToArray(), model.Means());
                double[][] moved = [.. rows.Select(i => columns.Select(j => means[i][j]).ToArray())];
                var shuffled = Models.Of([.. columns.Select(j => likelihoods[j])], moved).JointOfAll();
                var joint = model.JointOfAll();
                for (var portfolio = 0; portfolio < joint.Length; portfolio++)
                    Close.To(joint[Models.Bits(portfolio).Sum(i => 1 << rows[i])], shuffled[portfolio]);
            });

    [Fact]
    public void Unrated_cells_at_0_and_1_bound_every_other_choice() =>
        Gen.Select(Models.Any, Gen.Bool.Array[25], Gen.Double[0, 1]).Sample((model, unrated, value) =>
        {
            var rows = model.Means().Select((row, i) => row.Select((v, j) => new Vulnerability(v, Unrated: unrated[5 * i + j])).ToArray());
            var partly = new RiskModel(model.Techniques, model.FailureModes, model.Likelihoods.ToArray(), [.. rows]);
            var (low, high) = (partly.WithUnratedAt(0).JointOfAll(), partly.WithUnratedAt(1).JointOfAll());
            foreach (var at in new[] { partly.WithUnratedAt(value).JointOfAll(), model.JointOfAll() })
                for (var portfolio = 0; portfolio < at.Length; portfolio++)
                    Assert.InRange(at[portfolio], low[portfolio] * (1 - Close.Rounding), high[portfolio] * (1 + Close.Rounding));
        });

    private static void IsMixture(RiskModel model, double weight, Action<double, (double[] Likelihoods, double[][] Means)> change)
    {
        var (low, high, between) = (At(0), At(1), At(weight));
        for (var portfolio = 0; portfolio < low.Length; portfolio++)
            Close.To(weight * high[portfolio] + (1 - weight) * low[portfolio], between[portfolio]);

        double[] At(double value) => model.With((likelihoods, means) => change(value, (likelihoods, means))).JointOfAll();
    }
}
