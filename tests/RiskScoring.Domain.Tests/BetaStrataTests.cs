using CsCheck;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class BetaStrataTests
{
    private static readonly Gen<double> Mean = Gen.Frequency(
        (3, Gen.Double[0, 1]), (1, Gen.Double[-6, 0].Select(power => Math.Pow(10, power))),
        (1, Gen.Double[-6, 0].Select(power => 1 - Math.Pow(10, power))));

    // From spreads where only the limiting forms are computed to more than any distribution on [0, 1] can have.
    private static readonly Gen<double> Share = Gen.Frequency(
        (3, Gen.Double[0, 1]), (1, Gen.Double[-5, 0].Select(power => Math.Pow(10, power))), (1, Gen.Double[0.99, 1.1]),
        (1, Gen.Const(0.0)));

    [Fact]
    public void Every_stratum_has_the_quantile_of_its_middle() =>
        Gen.Select(Mean, Share, Gen.Int[2, 400]).Sample((mean, share, strata) =>
        {
            var sd = share * Math.Sqrt(mean * (1 - mean));
            var quantiles = Fill(mean, sd, strata);
            for (var k = 0; k < strata; k++)
                Assert.Equal(BetaQuantile.Of(mean, sd, LatinHypercube.Middle(k, strata)), quantiles[k], 1e-7);
        });

    [Fact]
    public void Quantiles_rise_and_stay_between_0_and_1() =>
        Gen.Select(Mean, Share, Gen.Int[2, 400]).Sample((mean, share, strata) =>
        {
            var quantiles = Fill(mean, share * Math.Sqrt(mean * (1 - mean)), strata);
            Assert.All(quantiles, x => Assert.InRange(x, 0, 1));
            Assert.All(quantiles.Zip(quantiles.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1e-12));
        });

    [Theory]
    [InlineData(0.9, 0.09045340337332909)]
    [InlineData(0.05, 0.04756514941544941)]
    [InlineData(0.5, 0.28867513459481287)]
    public void The_strata_have_the_moments_of_the_distribution(double mean, double sd)
    {
        var quantiles = Fill(mean, sd, 10_000);
        // The middle of a stratum stands for its mean: off by less than a hundredth of the last stratum of N.
        Assert.Equal(mean, quantiles.Average(), 2e-6);
        Assert.Equal(sd, Math.Sqrt(quantiles.Average(x => (x - mean) * (x - mean))), 1e-5);
    }

    private static double[] Fill(double mean, double sd, int strata)
    {
        var quantiles = new double[strata];
        BetaStrata.Fill(mean, sd, BetaStrata.Logits(strata), quantiles);
        return quantiles;
    }
}
