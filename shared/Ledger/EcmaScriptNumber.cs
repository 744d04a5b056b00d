using System.Globalization;
using System.Text.Json;

namespace AlignmentMesh.Ledger;

/// <summary>A double as ECMAScript's Number::toString (radix 10) writes it; RFC 8785 section 3.2.2.3.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>
    /// With the shortest digits d1..dk that read back as the same double and the decimal point after digit n: plain
    /// notation for -6 &lt; n &lt;= 21, otherwise d1.d2..dk e(n-1). Minus zero is written <c>0</c>.
    /// </summary>
    /// <exception cref="JsonException">NaN or an infinity.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new JsonException("A number is NaN or beyond the doubles; canonical JSON holds finite doubles only.");
        if (value == 0)
            return "0";
        var (digits, point) = Shortest(Math.Abs(value));
        return (value < 0 ? "-" : "") + Place(digits, point);
    }

    private static string Place(string digits, int point) => point switch
    {
        > 21 or <= -6 => Exponential(digits, point - 1),
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => digits[..point] + "." + digits[point..],
    };

    private static string Exponential(string digits, int exponent) =>
        (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..])
        + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The digits without leading or trailing zeros, and the place of the decimal point among them. The runtime's "R" finds the
    /// same digits as ECMAScript (shortest, then nearest) but places point and exponent by its own rules.
    /// </summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var mantissa = parts[0].Split('.');
        var all = string.Concat(mantissa);
        var leadingZeros = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), mantissa[0].Length + exponent - leadingZeros);
    }
}
