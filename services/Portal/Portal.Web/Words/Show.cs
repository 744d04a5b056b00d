using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Words;

/// <summary>How numbers and times are written, everywhere in the same way.</summary>
public static class Show
{
    private const string Minute = "d MMM yyyy HH:mm 'UTC'";

    /// <summary>Whole per cent, half away from zero, e.g. <c>62%</c>; a dash for null.</summary>
    public static string Percent(double? probability) =>
        probability is { } p ? $"{WholePercent(p).ToString(CultureInfo.InvariantCulture)}%" : "–";

    /// <summary>The whole number that <see cref="Percent"/> prints.</summary>
    public static int WholePercent(double probability) => (int)Math.Round(probability * 100, MidpointRounding.AwayFromZero);

    /// <summary>A small probability with two significant digits: <c>41%</c>, <c>2.5%</c>, <c>0.027%</c>.</summary>
    public static string Chance(double? probability) => probability switch
    {
        null => "–",
        0 => "0%",
        { } p when p >= 0.0995 => Percent(p),
        { } p => Significant(p * 100, 2) + "%",
    };

    /// <summary>
    /// From one probability to another in percentage points: between what <see cref="Percent"/> prints of both, so that whoever subtracts
    /// gets the same; null where one of them is.
    /// </summary>
    public static int? Moved(double? from, double? to) =>
        from is { } before && to is { } after ? WholePercent(after) - WholePercent(before) : null;

    /// <summary>Percentage points with their sign, e.g. <c>+4</c>, <c>−12</c>, <c>0</c>; a dash for null.</summary>
    public static string Points(int? points) => points switch
    {
        null => "–",
        > 0 => "+" + Count(points.Value),
        < 0 => "−" + Count(-points.Value),
        _ => "0",
    };

    /// <summary>A ratio in words: <c>4.6 times</c>, <c>93 times</c>, <c>0.93 times</c>.</summary>
    public static string Times(double? ratio) => ratio is { } times ? $"{Significant(times, 2)} times" : "–";

    /// <summary>A number with so many significant digits, without an exponent.</summary>
    public static string Significant(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var before = (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        var after = Math.Clamp(digits - before, 0, 15);
        return Math.Round(value, after, MidpointRounding.AwayFromZero).ToString("F" + Count(after), CultureInfo.InvariantCulture);
    }

    public static string Fixed(double? value, int digits) =>
        value?.ToString("F" + Count(digits), CultureInfo.InvariantCulture) ?? "–";

    public static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>1 rater</c>, <c>3 raters</c>.</summary>
    public static string Count(long number, string one, string? many = null) =>
        $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>An RFC 3339 time to the minute, e.g. <c>23 Nov 2026 17:00 UTC</c>; what is no time is shown as it is.</summary>
    public static string Time(string? rfc3339) =>
        DateTimeOffset.TryParse(rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime().ToString(Minute, CultureInfo.InvariantCulture)
            : rfc3339 ?? "–";

    /// <summary>The beginning of a digest, enough to tell two apart.</summary>
    public static string Beginning(string digest) => digest.Length > 8 ? digest[..8] : digest;

    /// <summary>A name from the catalogue, or the id where the catalogue has none.</summary>
    public static string Name(this IEnumerable<CatalogueItem> items, string id) => items.FirstOrDefault(item => item.Id == id)?.Name ?? id;
}
