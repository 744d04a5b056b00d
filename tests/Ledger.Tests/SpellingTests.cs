using System.Globalization;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class SpellingTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("0.50", "0.5")]
    [InlineData("100", "100")]
    [InlineData("1000.000", "1000")]
    [InlineData("-3.250", "-3.25")]
    [InlineData("0.123456789", "0.123456789")]
    [InlineData("0.1234567890000", "0.123456789")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_decimal_has_one_spelling(string value, string expected) => Assert.Equal(expected, Decimals.Format(Number(value)));

    [Fact]
    public void A_tenth_digit_after_the_point_is_refused()
    {
        var tooFine = Number("0.1234567891");
        Assert.False(Decimals.FitsLedger(tooFine));
        Assert.True(Decimals.FitsLedger(Number("0.1234567890")));
        Assert.Contains("0.1234567891", Assert.Throws<ArgumentException>(() => Decimals.Format(tooFine)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.50")]
    [InlineData("00")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("5e-1")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("")]
    [InlineData("0.1234567891")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999999999999")]
    public void Any_other_spelling_of_a_decimal_is_refused(string text) => Assert.Throws<FormatException>(() => Decimals.Parse(text));

    [Fact]
    public void A_decimal_reads_back_as_itself() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, 2000], Gen.Bool, Gen.Byte[0, 9], (low, mid, high, negative, scale) =>
                new decimal(low, mid, high, negative, scale))
            .Sample(value => Decimals.FitsLedger(value) && Decimals.Parse(Decimals.Format(value)) == value);

    [Fact]
    public void A_time_is_UTC_with_six_decimals_and_what_is_finer_is_cut_off()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.FromHours(1)).AddTicks(1_234_569);
        Assert.Equal("2026-03-01T09:30:00.123456Z", Timestamps.Format(instant));
    }

    [Fact]
    public void A_time_reads_back_as_itself_in_UTC() =>
        Gen.Long[DateTime.MinValue.Ticks / 10, DateTime.MaxValue.Ticks / 10].Sample(microseconds =>
        {
            var instant = new DateTimeOffset(microseconds * 10, TimeSpan.Zero);
            var back = Timestamps.Parse(Timestamps.Format(instant));
            return back == instant && back.Offset == TimeSpan.Zero;
        });

    [Theory]
    [InlineData("2026-03-01T09:30:00Z")]
    [InlineData("2026-03-01T09:30:00.123Z")]
    [InlineData("2026-03-01T09:30:00.1234567Z")]
    [InlineData("2026-03-01T09:30:00.123456+00:00")]
    [InlineData("2026-03-01T09:30:00.123456z")]
    [InlineData("2026-03-01 09:30:00.123456Z")]
    [InlineData(" 2026-03-01T09:30:00.123456Z")]
    [InlineData("2026-02-30T09:30:00.123456Z")]
    public void Any_other_spelling_of_a_time_is_refused(string text) => Assert.Throws<FormatException>(() => Timestamps.Parse(text));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
