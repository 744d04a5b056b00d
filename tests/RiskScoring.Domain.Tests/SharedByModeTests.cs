using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class SharedByModeTests
{
    // What is left to know after a few ratings: spreads of 5 to 55 % of the widest, which is what no rating at all leaves.
    private static readonly Gen<(double Mean, double Sd)> Judged =
        Gen.Select(Gen.Double[0.1, 0.9], Gen.Double[0.05, 0.55], (mean, share) => (mean, share * Math.Sqrt(mean * (1 - mean))));

    [Fact]
    public void Three_cells_with_one_vulnerable_verdict_each_fail_together_with_396_instead_of_308_in_a_thousand()
    {
        // Mean and standard deviation of one "vulnerable" verdict under rohl-1.
        var model = Models.Of([1], Three(0.6753239005528392), Three(0.214861178380726));
        Assert.Equal(0.308, FailedSets.Joint(model), 0.0005);
        Assert.Equal(0.396, SharedByMode.Joint(model), 0.0005);
        Assert.Equal(ByManyNodes(model, 2000), SharedByMode.Joint(model), 1e-5);
    }

    [Fact]
    public void Sharing_never_lowers_the_joint_and_leaves_every_technique_alone_at_the_averages_of_the_nodes() =>
        Models.Uncertain.Sample(model =>
        {
            var (independent, shared) = (AtNodeAverages(model).JointOfAll(), model.SharedOfAll());
            for (var portfolio = 0; portfolio < shared.Length; portfolio++)
                if (int.IsPow2(portfolio))
                    Close.To(independent[portfolio], shared[portfolio]);
                else
                    Assert.True(shared[portfolio] >= independent[portfolio] * (1 - Close.Rounding));
        });

    [Fact]
    public void The_averages_of_the_nodes_are_the_means_to_a_thousandth() =>
        Judged.Sample((mean, sd) =>
            Assert.Equal(mean, AtNodeAverages(Models.Of([1], [[mean]], [[sd]])).Means(0)[0], 1e-3));

    [Fact]
    public void Adding_a_technique_never_raises_the_shared_risk() =>
        Models.Uncertain.Sample(model =>
        {
            var shared = model.SharedOfAll();
            for (var portfolio = 0; portfolio < shared.Length; portfolio++)
                for (var i = 0; i < model.Techniques.Count; i++)
                    Assert.True(shared[portfolio | 1 << i] <= shared[portfolio]);
        });

    [Fact]
    public void Without_spread_sharing_changes_no_bit() =>
        Models.Any.Sample(model => Assert.Equal(model.JointOfAll(), model.SharedOfAll()));

    [Fact]
    public void As_the_spread_vanishes_so_does_the_difference() =>
        Models.Any.Sample(model =>
        {
            var nearly = Models.Of(
                model.Likelihoods.ToArray(), model.Means(), [.. model.Means().Select(row => row.Select(_ => 1e-7).ToArray())]);
            foreach (var (joint, shared) in model.JointOfAll().Zip(nearly.SharedOfAll()))
                Assert.Equal(joint, shared, 1e-6);
        });

    [Fact]
    public void The_portfolio_alone_is_its_entry_in_the_table_of_all() =>
        Models.Uncertain.Sample(model =>
        {
            var shared = model.SharedOfAll();
            for (var portfolio = 0; portfolio < shared.Length; portfolio++)
                Close.To(shared[portfolio], SharedByMode.Joint(model.Portfolio(portfolio)));
        });

    [Fact]
    public void Sixteen_nodes_give_what_two_thousand_do_to_a_hundredth_for_pairs_under_one_mode() =>
        Judged.Array[2].Sample(
            cells =>
            {
                double[][] means = [.. cells.Select(cell => (double[])[cell.Mean])];
                var model = Models.Of([1], means, [.. cells.Select(cell => (double[])[cell.Sd])]);
                Assert.Equal(ByManyNodes(model, 2000), SharedByMode.Joint(model), 5e-3);
            },
            iter: 20);

    [Fact]
    public void For_the_papers_table_with_one_verdict_a_cell_sixteen_nodes_are_within_a_thousandth()
    {
        var crisp = PaperVectorTests.Load("paper_a.json").Model;
        double[][] means = [.. crisp.Means().Select(row => row.Select(v => v == 0.5 ? 0.5 : v > 0.5 ? 0.675 : 0.325).ToArray())];
        var model = Models.Of(crisp.Likelihoods.ToArray(), means, [.. means.Select(row => row.Select(_ => 0.215).ToArray())]);
        Close.To(ByManyNodes(model, 400), SharedByMode.Joint(model), 1e-3);
        Assert.True(SharedByMode.Joint(model) > 2 * FailedSets.Joint(model));
    }

    [Fact]
    public void Cells_that_are_wholly_open_fail_together_or_not_at_all()
    {
        var model = Models.Of([0.2], Three(0.5), Three(0.5));
        Close.To(0.2 * 0.5, SharedByMode.Joint(model));
        Close.To(0.2 * 0.125, FailedSets.Joint(model));
    }

    private static double[][] Three(double value) => [[value], [value], [value]];

    private static RiskModel AtNodeAverages(RiskModel model) => model.With((_, means) =>
    {
        var rule = GaussLegendre.Sixteen;
        for (var i = 0; i < means.Length; i++)
            for (var j = 0; j < means[i].Length; j++)
                if (model.Cells(j)[i].Sd is > 0 and var sd)
                    means[i][j] = Math.Min(1, rule.Weights.Zip(rule.Nodes, (w, u) => w * BetaQuantile.Of(means[i][j], sd, u)).Sum());
    });

    /// <summary>All fail together, one failed set at a time, on many more nodes.</summary>
    private static double ByManyNodes(RiskModel model, int nodes)
    {
        var rule = new GaussLegendre(nodes);
        var p = new double[1 << model.Techniques.Count];
        p[0] = 1;
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            var cells = model.Cells(j).ToArray();
            var (likelihood, next) = (model.Likelihoods[j], p.Select(x => (1 - model.Likelihoods[j]) * x).ToArray());
            for (var k = 0; k < nodes; k++)
            {
                double[] v = [.. cells.Select(cell => BetaQuantile.Of(cell.Mean, cell.Sd, rule.Nodes[k]))];
                var s = p.Select(x => likelihood * rule.Weights[k] * x).ToArray();
                for (var i = 0; i < v.Length; i++)
                    for (var a = 0; a < s.Length; a++)
                        if ((a >> i & 1) == 0)
                            (s[a | 1 << i], s[a]) = (s[a | 1 << i] + v[i] * s[a], (1 - v[i]) * s[a]);
                for (var a = 0; a < s.Length; a++)
                    next[a] += s[a];
            }

            p = next;
        }

        return p[^1];
    }
}
