using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.OpenApi;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>Tidy tables (RFC 4180): numbers in their shortest exact spelling, nothing where there is no number.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    /// <summary>Whether the reader wants CSV, by parameter or else by the Accept header.</summary>
    /// <exception cref="ServiceDefaults.ProblemException">The parameter is neither json nor csv.</exception>
    public static bool IsAsked(string? format, HttpRequest request) => format switch
    {
        "csv" => true,
        "json" => false,
        null => request.GetTypedHeaders()
            .Accept.Any(accepted => accepted.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)),
        _ => throw MatrixProblems.Format(format),
    };

    /// <summary>Describes an answer that is JSON of that type, or CSV.</summary>
    public static RouteHandlerBuilder ProducesJsonOrCsv<T>(this RouteHandlerBuilder endpoint) =>
        // Of two descriptions of one status only the last would stand.
        endpoint.Produces<T>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, MediaType)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Responses!["200"].Content![MediaType].Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                return Task.CompletedTask;
            });

    /// <param name="header">Names of the columns, separated by commas.</param>
    public static string Write(string header, IEnumerable<string?[]> rows)
    {
        var csv = new StringBuilder(header).Append("\r\n");
        foreach (var row in rows) csv.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return csv.ToString();
    }

    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A spreadsheet takes a text that begins like this for a formula; a number that is negative has to stay one.
    private static string? Field(string? value) => value switch
    {
        null => null,
        ['-', >= '0' and <= '9', ..] when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => value,
        ['=' or '+' or '-' or '@' or '\t', ..] => Quoted("'" + value),
        _ => value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? Quoted(value) : value,
    };

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
