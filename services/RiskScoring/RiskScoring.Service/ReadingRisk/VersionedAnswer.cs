using System.Text;
using AlignmentMesh.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>An answer about one version: with its ETag, 304 when the client has it, and cached for good when it cannot change.</summary>
/// <param name="tag">Names the content; CSV and JSON of one content have tags of their own.</param>
/// <param name="isImmutable">True when this address will answer the same for ever.</param>
/// <param name="text">Sent instead of the body; null for JSON.</param>
internal sealed class VersionedAnswer<T>(T body, string tag, bool isImmutable, string? text, string mediaType = Csv.MediaType)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var representation = text is null ? "" : "-" + mediaType.Split('/')[1];
        httpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (httpContext.IsKnown(tag + representation, isImmutable ? AnswerCaching.Forever : AnswerCaching.AskAgain))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return text is null
            ? TypedResults.Ok(body).ExecuteAsync(httpContext)
            : TypedResults.Text(text, mediaType, Encoding.UTF8).ExecuteAsync(httpContext);
    }
}
