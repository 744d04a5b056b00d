using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class ShapleyTests
{
    [Fact]
    public void A_value_is_the_average_over_all_orders_of_building_the_portfolio() =>
        Models.Any.Sample(
            model =>
            {
                var joint = model.JointOfAll();
                var orders = Orders([.. Enumerable.Range(0, model.Techniques.Count)]).ToArray();
                var values = Shapley.Of(model);
                for (var i = 0; i < values.Count; i++)
                {
                    var added = orders.Select(order => (Before: order.TakeWhile(k => k != i).Sum(k => 1 << k), I: 1 << i)).ToArray();
                    Assert.Equal(added.Average(step => joint[step.Before] - joint[step.Before | step.I]), values[i].Linear, 1e-14);
                    Assert.Equal(joint[^1] == 0, values[i].Decades is null);
                    if (joint[^1] > 0)
                        Assert.Equal(
                            added.Average(step => Math.Log10(joint[step.Before] / joint[step.Before | step.I])),
                            values[i].Decades!.Value, 1e-12);
                }
            },
            iter: 50);

    [Fact]
    public void The_values_add_up_to_what_the_whole_portfolio_is_worth() =>
        Models.Any.Sample(model =>
        {
            var (joint, values) = (FailedSets.Joint(model), Shapley.Of(model));
            Assert.Equal(1 - joint, values.Sum(value => value.Linear), 1e-14);
            if (joint > 0) Assert.Equal(-Math.Log10(joint), values.Sum(value => value.Decades!.Value), 1e-12);
        });

    [Fact]
    public void Equal_techniques_get_equal_values_and_one_that_always_fails_gets_nothing() =>
        Models.Any.Sample(model =>
        {
            var rows = model.Means();
            double[] useless = [.. rows[0].Select(_ => 1.0), 1];
            double[][] extended = [.. rows.Select(row => (double[])[.. row, 0]), [.. rows[0], 0], useless];
            var values = Shapley.Of(Models.Of([.. model.Likelihoods, 1], extended));
            Assert.Equal(values[0].Linear, values[^2].Linear, 1e-14);
            Assert.Equal(0, values[^1].Linear);
            Assert.Equal(values[^1].Decades is null ? null : 0.0, values[^1].Decades);
        });

    [Fact]
    public void Independent_techniques_get_the_decades_of_their_own_failure()
    {
        var values = Shapley.Of(Models.Of([0.1, 0.01, 0.5], [[1, 0, 0], [0, 1, 0], [0, 0, 0.5]]));
        Close.To(1, values[0].Decades, 1e-12);
        Close.To(2, values[1].Decades, 1e-12);
        Close.To(-Math.Log10(0.25), values[2].Decades, 1e-12);
    }

    [Fact]
    public void More_techniques_than_a_table_can_have_are_refused_by_name()
    {
        var model = Models.Of([0.1], [.. Enumerable.Repeat(new[] { 0.5 }, 40)]);
        Assert.Equal(("techniques", "40 long"), Refused(() => Shapley.Of(model)));
        Assert.Equal(("portfolio", "40 techniques"), Refused(() => Layers.AtLeast(model)));
    }

    private static (string, string) Refused(Action action)
    {
        var refused = Assert.Throws<RiskInputException>(action);
        return (refused.Field, refused.Value);
    }

    private static IEnumerable<int[]> Orders(int[] rest) => rest.Length == 0
        ? [[]]
        : rest.SelectMany(first => Orders([.. rest.Where(other => other != first)]).Select(order => (int[])[first, .. order]));
}
