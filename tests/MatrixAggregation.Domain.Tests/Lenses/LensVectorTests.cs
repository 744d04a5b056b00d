using System.Text.Json;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

public sealed class LensVectorTests
{
    private static readonly JsonElement Pooling =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "pooling.json"))).RootElement;

    private static readonly (string Field, string Lens)[] Fields =
    [
        ("arith", "arithmetic-mean"), ("median", "median"), ("trim10", "trimmed-mean-10"), ("geo_mean_odds", "geometric-mean-of-odds"),
        ("neyman", "neyman-extremised-odds"), ("beta66", "beta-ar-mean"),
    ];

    [Theory]
    [InlineData("aggutils_20")]
    [InlineData("a_b_c")]
    [InlineData("complement")]
    [InlineData("two")]
    public void Pools_by_hand_are_met(string name)
    {
        var expected = Pooling.GetProperty(name);
        var numbers = expected.GetProperty("data").EnumerateArray().Select(number => number.GetDouble()).ToArray();
        var (view, finite) = (Cells.Only(Cells.OfNumbers(numbers)), Cells.Only(Cells.OfNumbers(WithoutCertainty(numbers))));
        foreach (var (field, lens) in Fields)
        {
            var inLogits = lens.EndsWith("odds", StringComparison.Ordinal);
            Assert.Equal(expected.GetProperty(field).GetDouble(), (inLogits ? finite : view).Under(lens).Value!.Value, 1e-12);
        }
    }

    // Before taking logits aggutils reads a 1 as the 90 % quantile of all numbers, where the lens clamps it to 0.99.
    private static IEnumerable<double> WithoutCertainty(double[] numbers)
    {
        var sorted = numbers.Order().ToArray();
        var at = 0.9 * (sorted.Length - 1);
        var below = sorted[(int)at];
        var quantile = below + (at - (int)at) * (sorted[(int)at + 1] - below);
        return numbers.Select(number => number == 1 ? quantile : number);
    }

    [Fact]
    public void The_extremising_factor_is_met_from_one_rater_to_a_million()
    {
        foreach (var factor in Pooling.GetProperty("neyman_factor").EnumerateObject())
            Assert.Equal(factor.Value.GetDouble(), LogOddsMeans.Factor(int.Parse(factor.Name, null)), 1e-12);
    }

    [Fact]
    public void Intervals_of_any_confidence_are_rescaled_to_80_per_cent()
    {
        foreach (var row in Pooling.GetProperty("idea_rescale").EnumerateArray())
        {
            double At(string name) => row.GetProperty(name).GetDouble();
            var s = Observation.Of(new("o", "r", null, At("B"), At("L"), At("U"), At("C"))).S;
            var stated = (Observation.Logit(At("U80")) - Observation.Logit(At("L80"))) / (2 * 1.2815515655446004);
            Assert.Equal(Math.Max(0.6, stated), s, 1e-12);
            Assert.Equal(s, Observation.Of(new("o", "r", null, At("B"), At("L80"), At("U80"))).S, 1e-12);
        }
    }

    [Fact]
    public void The_worked_example_has_the_published_digits()
    {
        var view = Cells.Only(Cells.OfNumbers([0.7, 0.2, 0.1]));
        Assert.Equal(0.286575683082, view.Under("geometric-mean-of-odds").Value!.Value, 1e-12);
        Assert.Equal(0.215702, view.Under("neyman-extremised-odds").Value!.Value, 5e-7);
        Assert.Equal(0.122085, view.Under("beta-ar-mean").Value!.Value, 5e-7);
        Assert.Equal(1.415339, LogOddsMeans.Factor(3), 5e-7);
    }

    [Fact]
    public void The_beta_extremisation_is_the_incomplete_beta_function()
    {
        Assert.Equal(0.9283748667, BetaMean.Extremise(0.706), 5e-11);
        for (var mean = 0.0; mean <= 1; mean += 1.0 / 64)
            Assert.Equal(MathNet.Numerics.SpecialFunctions.BetaRegularized(6, 6, mean), BetaMean.Extremise(mean), 1e-13);
    }
}
