using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class DawidSkeneTests
{
    private const double Exact = 1e-9;

    private static readonly JsonElement File = JsonDocument.Parse(System.IO.File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Vectors", "dawid_skene_1979.json"))).RootElement;

    private static readonly JsonElement Expected = File.GetProperty("expected");

    private static readonly Gen<ObserverLabel[]> Labels = Gen.Int[0, 2].Array[4].Array[1, 12].Select(items =>
        items.SelectMany((row, item) => row.Select((label, observer) => new ObserverLabel(item, observer, label))).ToArray());

    [Fact]
    public void Every_number_of_the_anaesthetists_is_met()
    {
        var fit = DawidSkene.Fit(Anaesthetists(), 4);
        Assert.True(fit.Converged);
        Assert.Equal(Expected.GetProperty("iterations_to_1e-13").GetInt32(), fit.Iterations);
        Assert.Equal(Expected.GetProperty("log_likelihood").GetDouble(), fit.LogLikelihoods[^1], Exact);
        Near(Expected.GetProperty("log_likelihood_trace_first10"), fit.LogLikelihoods.Take(10), Exact);
        Near(Expected.GetProperty("class_marginals"), fit.Marginals, Exact);
        foreach (var (observer, errors) in Expected.GetProperty("error_rates").EnumerateArray().Zip(fit.ErrorRates))
            foreach (var (row, error) in observer.EnumerateArray().Zip(errors))
                Near(row, error, Exact);

        // The reference writes its posteriors with twelve decimals.
        foreach (var (row, posterior) in Expected.GetProperty("posteriors").EnumerateArray().Zip(fit.Posteriors))
            Near(row, posterior, 6e-13);
        Assert.Equal(Expected.GetProperty("labels_1based").EnumerateArray().Select(label => label.GetInt32() - 1), fit.Classes);
        Near(File.GetProperty("published").GetProperty("class_marginals"), fit.Marginals, 0.005);
    }

    [Fact]
    public void It_differs_from_the_majority_for_three_patients()
    {
        var labels = Anaesthetists();
        var majority = labels.GroupBy(label => label.Item).Select(item =>
            item.GroupBy(label => label.Class).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key);
        var classes = DawidSkene.Fit(labels, 4).Classes;
        Assert.Equal([2, 12, 36], majority.Index().Where(pair => pair.Item != classes[pair.Index]).Select(pair => pair.Index + 1));
    }

    [Fact]
    public void Every_step_raises_the_likelihood_and_leaves_distributions() => Labels.Sample(labels =>
    {
        var fit = DawidSkene.Fit(labels, 3, mostSteps: 50);
        Assert.All(fit.LogLikelihoods.Zip(fit.LogLikelihoods.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-9, $"{pair}"));
        Assert.All(fit.Posteriors.Append([.. fit.Marginals]), row => Assert.Equal(1, row.Sum(), 1e-12));
        Assert.All(fit.ErrorRates.SelectMany(observer => observer), row => Assert.True(row.Sum() is 0 or > 1 - 1e-12 and < 1 + 1e-12));
    });

    [Fact]
    public void The_order_of_the_labels_does_not_show_in_a_bit() => Labels.Sample(labels =>
    {
        var (fit, turned) = (DawidSkene.Fit(labels, 3, mostSteps: 20), DawidSkene.Fit([.. labels.Reverse()], 3, mostSteps: 20));
        Assert.Equal(fit.Posteriors, turned.Posteriors);
        Assert.Equal(fit.LogLikelihoods, turned.LogLikelihoods);
    });

    [Fact]
    public void The_last_posteriors_and_likelihood_follow_from_the_last_estimates_by_the_formula() => Labels.Sample(labels =>
    {
        var fit = DawidSkene.Fit(labels, 3, mostSteps: 20);
        var logLikelihood = 0.0;
        foreach (var item in labels.GroupBy(label => label.Item))
        {
            double[] joint =
            [
                .. fit.Marginals.Select((share, k) =>
                    item.Aggregate(share, (product, label) => product * fit.ErrorRates[label.Observer][k][label.Class])),
            ];
            logLikelihood += Math.Log(joint.Sum());
            Assert.All(joint.Zip(fit.Posteriors[item.Key]), pair => Assert.Equal(pair.First / joint.Sum(), pair.Second, 1e-12));
        }

        Assert.Equal(logLikelihood, fit.LogLikelihoods[^1], 1e-9);
    });

    [Fact]
    public void Thousands_of_labels_of_one_item_do_not_vanish()
    {
        ObserverLabel[] labels =
            [.. Enumerable.Range(0, 6000).Select(i => new ObserverLabel(i % 2, i / 2, i % 7 == 0 ? 1 - i % 2 : i % 2))];
        var fit = DawidSkene.Fit(labels, 2, mostSteps: 5);
        Assert.Equal([0, 1], fit.Classes);
        Assert.True(double.IsFinite(fit.LogLikelihoods[^1]));
    }

    [Fact]
    public void Labels_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DawidSkene.Fit([], 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.Fit([new(0, 0, 2)], 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.Fit([new(1, 0, 0)], 2));
    }

    private static ObserverLabel[] Anaesthetists() =>
    [
        .. File.GetProperty("data_long").EnumerateArray()
            .Select(row => new ObserverLabel(row[0].GetInt32() - 1, row[1].GetInt32() - 1, row[2].GetInt32() - 1)),
    ];

    private static void Near(JsonElement expected, IEnumerable<double> actual, double tolerance)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count());
        foreach (var (one, other) in expected.EnumerateArray().Zip(actual))
            Assert.Equal(one.GetDouble(), other, tolerance);
    }
}
