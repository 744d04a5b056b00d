using System.Globalization;
using System.Text;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Tidy tables (RFC 4180): numbers in their shortest exact spelling, nothing where there is no number.</summary>
public static class Csv
{
    public const string MediaType = "text/csv";

    /// <param name="header">Names of the columns, separated by commas.</param>
    public static string Write(string header, IEnumerable<string?[]> rows)
    {
        var csv = new StringBuilder(header).Append("\r\n");
        foreach (var row in rows) csv.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return csv.ToString();
    }

    /// <summary>Quoted where needed; what a spreadsheet would take for a formula is kept a text. Nothing for null.</summary>
    public static string Text(string? value) => value switch
    {
        null => "",
        ['=' or '+' or '-' or '@' or '\t' or '\r', ..] => Quoted("'" + value),
        _ => value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? Quoted(value) : value,
    };

    /// <summary>In its shortest exact spelling; null for none.</summary>
    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A number that is negative has to stay one.
    private static string Field(string? value) => value switch
    {
        ['-', >= '0' and <= '9', ..] when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => value,
        _ => Text(value),
    };

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
