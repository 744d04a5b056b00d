using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class ShowTests
{
    [Theory]
    [InlineData(0.41, "41%")]
    [InlineData(0.0899, "9.0%")]
    [InlineData(0.000268, "0.027%")]
    [InlineData(0.0, "0%")]
    [InlineData(1.0, "100%")]
    [InlineData(0.09999, "10%")]
    [InlineData(null, "–")]
    public void A_small_chance_has_two_significant_digits(double? chance, string shown) => Assert.Equal(shown, Show.Chance(chance));

    [Theory]
    [InlineData(0.25, 0.375, "+13")]
    [InlineData(0.375, 0.25, "−13")]
    [InlineData(0.246, 0.254, "0")]
    [InlineData(0.254, 0.256, "+1")]
    [InlineData(null, 0.5, "–")]
    [InlineData(0.5, null, "–")]
    public void A_change_has_its_sign_and_is_the_difference_of_the_two_printed_numbers(double? from, double? to, string shown) =>
        Assert.Equal(shown, Show.Points(Show.Moved(from, to)));

    [Theory]
    [InlineData(93.4, "93 times")]
    [InlineData(4.56, "4.6 times")]
    [InlineData(0.933, "0.93 times")]
    [InlineData(null, "–")]
    public void A_ratio_is_said_in_words(double? ratio, string shown) => Assert.Equal(shown, Show.Times(ratio));

    [Theory]
    [InlineData("2026-11-23T17:00:12.345678Z", "23 Nov 2026 17:00 UTC")]
    [InlineData("2026-11-23T18:00:00+01:00", "23 Nov 2026 17:00 UTC")]
    [InlineData("soon", "soon")]
    public void A_time_is_shown_in_UTC(string time, string shown) => Assert.Equal(shown, Show.Time(time));

    [Fact]
    public void An_address_takes_further_parameters_behind_those_it_has() =>
        Assert.Equal("/a?b=1&c=x%26y", Links.To(Links.To("/a", ("b", "1")), ("c", "x&y"), ("d", null)));
}
