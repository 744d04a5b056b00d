using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class KrippendorffLaws
{
    private const double Tolerance = 1e-12;

    private static readonly AlphaMetric[] Metrics = Enum.GetValues<AlphaMetric>();

    /// <summary>Up to 8 units of the same 1 to 6 coders, about a quarter missing, few or many different values.</summary>
    private static readonly Gen<double?[][]> Units = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 8], Gen.Int[1, 40]).SelectMany(
        (coders, units, most) => Gen.Select(
            Gen.Int[0, 3], Gen.Int[0, most], (missing, value) => missing == 0 ? (double?)null : value / 40.0).Array[coders].Array[units]);

    [Fact]
    public void The_coincidence_form_is_the_mean_over_pairs() => Units.Sample(units =>
    {
        foreach (var metric in Metrics)
            Equal(PairwiseAlpha.Of(units, metric), Of(units, metric));
    });

    [Fact]
    public void The_order_of_the_coders_does_not_show_in_a_bit_and_that_of_the_units_not_in_the_number() =>
        Gen.Select(Units, Gen.Int[0, 7]).Sample((units, turn) =>
        {
            double?[][] coders = [.. units.Select(unit => unit.Skip(turn % unit.Length).Concat(unit.Take(turn % unit.Length)).ToArray())];
            double?[][] turned = units.Length == 0 ? [] : [.. units.Skip(turn % units.Length).Concat(units.Take(turn % units.Length))];
            foreach (var metric in Metrics)
            {
                Assert.Equal(Of(units, metric), Of(coders, metric));
                Equal(Of(units, metric), Of(turned, metric));
            }
        });

    [Fact]
    public void Alpha_is_at_most_one_and_defined_exactly_when_values_that_pair_differ() => Units.Sample(units =>
    {
        var values = units.Select(unit => unit.OfType<double>().ToArray()).Where(unit => unit.Length > 1).SelectMany(unit => unit);
        foreach (var metric in Metrics)
        {
            var alpha = Of(units, metric);
            Assert.Equal(values.Distinct().Count() < 2, double.IsNaN(alpha));
            Assert.False(alpha > 1, $"{metric} {alpha}");
        }
    });

    [Fact]
    public void Agreement_without_exception_is_one_exactly() =>
        Gen.Select(Gen.Double[0, 1].Array[2, 8], Gen.Int[2, 9]).Sample((values, coders) =>
        {
            double?[][] units = [.. values.Append(0.3).Append(0.7).Select(value => Enumerable.Repeat((double?)value, coders).ToArray())];
            foreach (var metric in Metrics)
                Assert.Equal(1, Of(units, metric));
        });

    [Fact]
    public void Names_of_categories_do_not_matter_to_the_nominal_metric() => Units.Sample(units =>
    {
        // Seventeen times anything, remainder of the prime 41, is another order of the same 41 names.
        double?[][] renamed = [.. units.Select(unit => unit.Select(value => Math.Round(value * 40 * 17 ?? 0) % 41 + 0 * value).ToArray())];
        Equal(Of(units, AlphaMetric.Nominal), Of(renamed, AlphaMetric.Nominal));
    });

    [Fact]
    public void Any_ascending_scale_gives_the_same_ordinal_alpha_and_any_straight_one_the_same_interval_alpha() => Units.Sample(units =>
    {
        double?[][] bent = [.. units.Select(unit => unit.Select(value => value * value * value).ToArray())];
        double?[][] straight = [.. units.Select(unit => unit.Select(value => 3 + 2 * value).ToArray())];
        double?[][] stretched = [.. units.Select(unit => unit.Select(value => 5 * value).ToArray())];
        Assert.Equal(Of(units, AlphaMetric.Ordinal), Of(bent, AlphaMetric.Ordinal));
        Equal(Of(units, AlphaMetric.Interval), Of(straight, AlphaMetric.Interval));
        Equal(Of(units, AlphaMetric.Ratio), Of(stretched, AlphaMetric.Ratio));
    });

    [Fact]
    public void A_unit_with_one_value_changes_nothing() => Gen.Select(Units, Gen.Int[0, 40]).Sample((units, value) =>
    {
        if (units.Length == 0)
            return;
        var alone = new double?[units[0].Length];
        alone[0] = value / 40.0;
        foreach (var metric in Metrics)
            Equal(Of(units, metric), Of([.. units, alone], metric));
    });

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_asking_for_one_metric_those_of_asking_for_all() =>
        Gen.Select(Units, Gen.ULong).Sample((units, seed) =>
        {
            var data = ReliabilityData.Of(units);
            var all = Krippendorff.Alphas(data, Metrics, new(seed, 50));
            Assert.Equal(all, Krippendorff.Alphas(ReliabilityData.Of(units), Metrics, new(seed, 50)));
            for (var m = 0; m < Metrics.Length; m++)
                Assert.Equal(all[m], Krippendorff.Alphas(data, [Metrics[m]], new(seed, 50))[0]);
        });

    [Fact]
    public void Every_replicate_is_the_alpha_of_the_units_that_were_drawn() => Gen.Select(Units, Gen.ULong).Sample((units, seed) =>
    {
        var data = ReliabilityData.Of(units);
        foreach (var metric in Metrics)
        {
            var replicates = Krippendorff.Replicates(data, [Disagreement.Create(data, metric)], new(seed, 3))[0];
            var random = new SplitMix64(seed);
            foreach (var replicate in replicates)
                Equal(PairwiseAlpha.Of([.. units.Select(_ => units[random.Below(units.Length)])], metric), replicate);
        }
    });

    private static double Of(double?[][] units, AlphaMetric metric) =>
        Krippendorff.Alpha(ReliabilityData.Of(units), metric).Value ?? double.NaN;

    // Two ways to the same sums: alpha itself may be as low as minus the number of values.
    private static void Equal(double expected, double actual) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Tolerance, $"{expected:R} {actual:R}");
}
