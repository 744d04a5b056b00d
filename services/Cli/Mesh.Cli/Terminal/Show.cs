using System.Globalization;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Numbers as people read them; machines get them in full as JSON or CSV.</summary>
internal static class Show
{
    public const string Nothing = "-";

    /// <summary>What a table is of.</summary>
    public static string Heading(string study, string? label, long version) =>
        $"{study}{(label is null ? "" : $" ({label})")}, version {version}";

    /// <summary>A probability as a whole per cent.</summary>
    public static string Percent(double? value) =>
        value is { } number ? (number * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : Nothing;

    /// <summary>A difference of two probabilities in percentage points, with its sign.</summary>
    public static string Points(double? difference) =>
        difference is { } share ? (share * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " points" : Nothing;

    /// <summary>Two probabilities as whole per cents.</summary>
    public static string Interval(double? lower, double? upper) =>
        lower is null ? Nothing : $"{Percent(lower)[..^1]}-{Percent(upper)}";

    /// <summary>Two digits after the point.</summary>
    public static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Six significant digits.</summary>
    public static string Number(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>All digits: reading it back gives the same number.</summary>
    public static string Exact(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>An instant to the second, as it is written in the ledger.</summary>
    public static string Second(string instant) => instant.Length > 20 && instant[^1] == 'Z' ? instant[..19] + "Z" : instant;

    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);
}
