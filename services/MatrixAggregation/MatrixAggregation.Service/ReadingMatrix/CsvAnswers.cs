using System.Net.Mime;
using AlignmentMesh.ServiceDefaults;
using Microsoft.OpenApi;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>Answers that are JSON or CSV, as the reader asks.</summary>
internal static class CsvAnswers
{
    /// <summary>Whether the reader wants CSV, by parameter or else by the Accept header.</summary>
    /// <exception cref="ServiceDefaults.ProblemException">The parameter is neither json nor csv.</exception>
    public static bool IsAsked(string? format, HttpRequest request) => format switch
    {
        "csv" => true,
        "json" => false,
        null => request.GetTypedHeaders()
            .Accept.Any(accepted => accepted.MediaType.Equals(Csv.MediaType, StringComparison.OrdinalIgnoreCase)),
        _ => throw MatrixProblems.Format(format),
    };

    /// <summary>Describes an answer that is JSON of that type, or CSV.</summary>
    public static RouteHandlerBuilder ProducesJsonOrCsv<T>(this RouteHandlerBuilder endpoint) =>
        // Of two descriptions of one status only the last would stand.
        endpoint.Produces<T>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, Csv.MediaType)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Responses!["200"].Content![Csv.MediaType].Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                return Task.CompletedTask;
            });
}
