using System.Globalization;

namespace AlignmentMesh.Ledger;

/// <summary>Instants as the ledger spells them: UTC with exactly six decimals, <c>2026-03-01T09:30:00.123456Z</c>.</summary>
public static class Timestamps
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The one spelling of an instant; what is finer than a microsecond is cut off.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Reads exactly what <see cref="Format"/> writes.</summary>
    /// <exception cref="FormatException">Any other spelling.</exception>
    public static DateTimeOffset Parse(string text)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, style, out var instant)
            ? instant
            : throw new FormatException($"'{text}' is not a ledger time; allowed is UTC such as 2026-03-01T09:30:00.123456Z.");
    }
}
