using System.Globalization;

namespace AlignmentMesh.Ledger;

/// <summary>Decimal numbers as the ledger spells them: no exponent, no trailing zeros, at most 9 digits after the point.</summary>
public static class Decimals
{
    /// <summary>The most digits after the point.</summary>
    public const int MaxDigits = 9;

    private const string Pattern = "0.#########";

    /// <summary>True when the value has at most <see cref="MaxDigits"/> digits after the point, trailing zeros aside.</summary>
    public static bool FitsLedger(decimal value) => decimal.Round(value, MaxDigits) == value;

    /// <summary>The one spelling of <paramref name="value"/>; zero of either sign is <c>0</c>.</summary>
    /// <exception cref="ArgumentException">The value has more than 9 digits after the point.</exception>
    public static string Format(decimal value) =>
        !FitsLedger(value) ? throw new ArgumentException(
            $"{value.ToString(CultureInfo.InvariantCulture)} has more than {MaxDigits} digits after the point.", nameof(value))
        : value == 0 ? "0"
        : value.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Reads exactly what <see cref="Format"/> writes.</summary>
    /// <exception cref="FormatException">Any other spelling.</exception>
    public static decimal Parse(string text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && FitsLedger(value) && Format(value) == text
            ? value
            : throw new FormatException(
                $"'{text}' is not a ledger decimal: digits with at most {MaxDigits} after the point, no exponent, no needless zeros.");
    }
}
