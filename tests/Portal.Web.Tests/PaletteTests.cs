using System.Globalization;
using AlignmentMesh.Portal.Web.Figures;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class PaletteTests
{
    [Fact]
    public void Text_on_every_swatch_stands_out_at_least_4_5_to_1() =>
        Assert.All(
            Palette.All.SelectMany(scale => scale),
            swatch => Assert.True(Contrast(swatch.Fill, swatch.Ink) >= 4.5, $"{swatch.Ink} on {swatch.Fill}"));

    [Fact]
    public void Every_step_of_a_scale_is_darker_than_the_one_before_also_in_greyscale()
    {
        foreach (var scale in new[] { Palette.Value, Palette.Disagreement, Palette.Coverage })
            Assert.All(
                scale.Zip(scale.Skip(1)),
                pair => Assert.True(Contrast(pair.First.Fill, pair.Second.Fill) >= 1.2, $"{pair.First.Fill} and {pair.Second.Fill}"));
    }

    [Theory]
    [InlineData(Palette.Outline)]
    [InlineData(Palette.Soft)]
    [InlineData(Palette.Shared)]
    [InlineData(Palette.Naive)]
    public void Lines_and_words_stand_out_from_white(string color) => Assert.True(Contrast(color, "#ffffff") >= 4.5);

    /// <summary>WCAG 2.2, contrast ratio.</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string color)
    {
        double Channel(int at)
        {
            var c = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
