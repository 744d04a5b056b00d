using System.Text;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>How answers about a version are cached: forever where the version was named, never unasked where it was found.</summary>
internal static class VersionedAnswer
{
    /// <summary>Describes what <see cref="GiveAsync"/> answers.</summary>
    public static RouteHandlerBuilder ProducesVersioned<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesJsonOrCsv<T>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The answer as JSON or CSV, or 304 without computing it where the reader has it already.</summary>
    /// <param name="tag">Differs wherever the answer differs, whatever its representation.</param>
    public static async Task<Results<Ok<T>, FileContentHttpResult, StatusCodeHttpResult>> GiveAsync<T>(
        HttpContext http, string tag, bool isExplicit, bool asCsv, Func<Task<T>> answer, Func<T, string> csv)
    {
        if (IsKnown(http, $"{tag}.{(asCsv ? "csv" : "json")}", isExplicit))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var found = await answer();
        return asCsv
            ? TypedResults.File(Encoding.UTF8.GetBytes(csv(found)), Csv.MediaType + "; charset=utf-8")
            : TypedResults.Ok(found);
    }

    /// <summary>Sets the caching headers and says whether the reader has this very answer already.</summary>
    /// <param name="tag">Differs wherever the answer differs: digest and representation.</param>
    public static bool IsKnown(HttpContext http, string tag, bool isExplicit)
    {
        http.Response.Headers.Vary = HeaderNames.Accept;
        return http.IsKnown(tag, isExplicit ? AnswerCaching.Forever : AnswerCaching.AskAgain);
    }
}
