using CsCheck;
using MathNet.Numerics;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class BetaQuantileTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(0.3, 1)]
    [InlineData(5.5, 1)]
    [InlineData(0.01, 1)]
    public void A_power_law_has_the_closed_form_quantile(double a, double b)
    {
        foreach (var u in GaussLegendre.Sixteen.Nodes)
        {
            Assert.Equal(Math.Pow(u, 1 / a), Quantile(a, b, u), 1e-13);
            Assert.Equal(1 - Math.Pow(1 - u, 1 / a), Quantile(b, a, u), 1e-13);
        }
    }

    [Fact]
    public void The_arcsine_law_has_the_closed_form_quantile()
    {
        foreach (var u in GaussLegendre.Sixteen.Nodes)
            Assert.Equal(Math.Pow(Math.Sin(Math.PI * u / 2), 2), Quantile(0.5, 0.5, u), 1e-14);
    }

    [Fact]
    public void Every_quantile_is_where_bisection_on_the_distribution_function_ends() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Double[0.02, 0.98], Gen.Double[0.001, 0.999]).Sample((mean, share, u) =>
        {
            var sd = share * Math.Sqrt(mean * (1 - mean));
            var nu = mean * (1 - mean) / (sd * sd) - 1;
            Assert.Equal(Bisect(mean * nu, (1 - mean) * nu, u), BetaQuantile.Of(mean, sd, u), 1e-12);
        });

    [Fact]
    public void Quantiles_rise_with_u_and_stay_between_0_and_1() =>
        Gen.Select(Gen.Double[0, 1], Gen.Frequency((1, Gen.Double[0, 1e-3]), (1, Gen.Double[0, 0.6]))).Sample((mean, sd) =>
            AssertRising([.. GaussLegendre.Sixteen.Nodes.Select(u => BetaQuantile.Of(mean, sd, u))]));

    [Fact]
    public void Swapping_failure_and_survival_mirrors_the_quantile() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[0.01, 0.45], Gen.Double[0.01, 0.99]).Sample((mean, sd, u) =>
            Assert.Equal(1 - BetaQuantile.Of(1 - mean, sd, 1 - u), BetaQuantile.Of(mean, sd, u), 1e-12));

    [Theory]
    [InlineData(1e-300, 1e-151)]
    [InlineData(1e-12, 1e-7)]
    [InlineData(0.999999, 0.000999)]
    [InlineData(0.9999, 0.0099)]
    [InlineData(0.5, 0.49999)]
    [InlineData(1e-9, 1e-9)]
    public void Extreme_shapes_have_quantiles_between_0_and_1_that_rise(double mean, double sd) =>
        AssertRising([.. GaussLegendre.Sixteen.Nodes.Select(u => BetaQuantile.Of(mean, sd, u))]);

    [Fact]
    public void Without_spread_or_room_for_it_the_quantile_is_the_mean()
    {
        Assert.Equal(0.3, BetaQuantile.Of(0.3, 0, 0.9));
        Assert.Equal(0, BetaQuantile.Of(0, 0.2, 0.9));
        Assert.Equal(1, BetaQuantile.Of(1, 0.2, 0.1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.4582575694955840)]
    [InlineData(0.4582575)]
    public void A_spread_that_no_beta_has_becomes_the_two_points_0_and_1(double sd)
    {
        Assert.Equal(0, BetaQuantile.Of(0.3, sd, 0.6999));
        Assert.Equal(1, BetaQuantile.Of(0.3, sd, 0.7001));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.02)]
    [InlineData(0.98)]
    [InlineData(1e-4)]
    [InlineData(1 - 1e-6)]
    public void The_limiting_form_for_tiny_spreads_continues_the_exact_one(double mean)
    {
        var sd = Math.Sqrt(mean * (1 - mean) / 1_000_001);
        foreach (var u in GaussLegendre.Sixteen.Nodes)
            Assert.Equal(BetaQuantile.Of(mean, sd * (1 + 1e-9), u), BetaQuantile.Of(mean, sd * (1 - 1e-9), u), 1e-4 * sd);
    }

    // The upper half is one minus a quantile, so below a unit in the last place of 1 order is not kept.
    private static void AssertRising(double[] quantiles)
    {
        Assert.All(quantiles, x => Assert.InRange(x, 0, 1));
        Assert.All(quantiles.Zip(quantiles.Skip(1)), next => Assert.True(next.Second >= next.First - 1e-15));
    }

    private static double Quantile(double a, double b, double u)
    {
        var mean = a / (a + b);
        return BetaQuantile.Of(mean, Math.Sqrt(mean * (1 - mean) / (a + b + 1)), u);
    }

    private static double Bisect(double a, double b, double u)
    {
        var (low, high) = (0.0, 1.0);
        for (var round = 0; round < 200; round++)
        {
            var middle = (low + high) / 2;
            (low, high) = SpecialFunctions.BetaRegularized(a, b, middle) < u ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
