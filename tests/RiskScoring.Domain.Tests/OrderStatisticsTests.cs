using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class OrderStatisticsTests
{
    // Ordinary samples, samples of few different values, and samples that are nearly all at one end.
    private static readonly Gen<double> Value = Gen.OneOf(
        Gen.Double[0, 1], Gen.Int[0, 2].Select(x => x / 2.0), Gen.Double[-300, 0].Select(power => Math.Pow(10, power)));

    [Fact]
    public void Every_quantile_is_read_off_the_sorted_sample() =>
        Gen.Select(Value.Array[1, 500], Gen.Double[0, 1].Array[1, 6]).Sample((sample, probabilities) =>
        {
            double[] asked = [0, .. probabilities.Order(), 1];
            var quantiles = new double[asked.Length];
            new OrderStatistics(sample.Length).Quantiles(sample, asked, quantiles);
            double[] sorted = [.. sample.Order()];
            for (var q = 0; q < asked.Length; q++)
            {
                var place = asked[q] * (sorted.Length - 1);
                var (low, high) = (sorted[(int)place], sorted[(int)Math.Ceiling(place)]);
                Assert.Equal(low + (place - (int)place) * (high - low), quantiles[q]);
            }
        });

    [Fact]
    public void One_instance_serves_many_samples()
    {
        var order = new OrderStatistics(3);
        var median = new double[1];
        foreach (var sample in new double[][] { [3, 1, 2], [5, 5, 5], [0, 1e300, 1] })
        {
            order.Quantiles(sample, [0.5], median);
            Assert.Equal(sample.Order().ElementAt(1), median[0]);
        }
    }
}
