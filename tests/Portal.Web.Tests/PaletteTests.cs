using System.Globalization;
using System.Text.RegularExpressions;
using AlignmentMesh.Portal.Web.Figures;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed partial class PaletteTests
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

    [Fact]
    public void A_change_is_darker_the_larger_it_is_to_either_side_also_in_greyscale()
    {
        var scale = Palette.Change;
        foreach (var (inner, outer) in new[] { (2, 1), (1, 0), (2, 3), (3, 4) })
            Assert.True(
                Luminance(scale[outer].Fill) < Luminance(scale[inner].Fill) && Contrast(scale[outer].Fill, scale[inner].Fill) >= 1.2,
                $"{scale[inner].Fill} and {scale[outer].Fill}");
    }

    [Fact]
    public void Words_of_the_style_sheet_stand_out_from_their_ground_at_least_4_5_to_1()
    {
        var css = StyleSheet();
        var named = Variable().Matches(css).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["color"].Value);
        string? Color(string rule, string property)
        {
            var given = Regex.Match(rule, $@"(?:^|[;\s]){property}:\s*(?:var\(--(?<name>[\w-]+)\)|(?<color>#[0-9a-f]{{3,6}})\b)");
            if (!given.Success) return null;
            return given.Groups["color"] is { Success: true, Value: var color } ? color : named[given.Groups["name"].Value];
        }

        var checkedPairs = 0;
        foreach (Match rule in Rule().Matches(css))
        {
            if (Color(rule.Groups["body"].Value, "color") is not { } ink) continue;
            // Without a ground of its own a text may stand on the page, on a notice or in a box.
            string[] grounds = Color(rule.Groups["body"].Value, "background") is { } own
                ? [own] : [named["ground"], named["wash"], named["warn"], named["bad"]];
            if (ink == "#fff" && grounds.Length > 1) continue;
            checkedPairs += grounds.Length;
            Assert.All(grounds, ground => Assert.True(Contrast(Full(ink), Full(ground)) >= 4.5, $"{rule.Value}: {ink} on {ground}"));
        }

        Assert.True(checkedPairs > 40, $"{checkedPairs}");
    }

    private static string StyleSheet()
    {
        using var stream = typeof(Palette).Assembly.GetManifestResourceStream("portal.css")!;
        return new StreamReader(stream).ReadToEnd();
    }

    private static string Full(string color) =>
        color.Length == 7 ? color : "#" + string.Concat(color[1..].Select(digit => $"{digit}{digit}"));

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(?<color>#[0-9a-f]{3,6})")]
    private static partial Regex Variable();

    [GeneratedRegex(@"[^{}]+\{(?<body>[^{}]*)\}")]
    private static partial Regex Rule();

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
