using System.Globalization;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Numbers as people read them; machines get them in full as JSON or CSV.</summary>
internal static class Show
{
    public const string Nothing = "-";

    /// <summary>A probability as a whole per cent.</summary>
    public static string Percent(double? value) =>
        value is { } number ? (number * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : Nothing;

    /// <summary>A difference of two probabilities in percentage points, with its sign.</summary>
    public static string Points(double? difference) =>
        difference is { } share ? (share * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " points" : Nothing;

    /// <summary>Six significant digits.</summary>
    public static string Number(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>All digits: reading it back gives the same number.</summary>
    public static string Exact(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);
}
