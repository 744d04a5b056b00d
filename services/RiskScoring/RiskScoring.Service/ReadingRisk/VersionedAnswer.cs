using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>An answer about one version: with its ETag, 304 when the client has it, and cached for good when it cannot change.</summary>
/// <param name="tag">Names the content; CSV and JSON of one content have tags of their own.</param>
/// <param name="isImmutable">True when this address will answer the same for ever.</param>
/// <param name="text">Sent instead of the body; null for JSON.</param>
internal sealed class VersionedAnswer<T>(T body, string tag, bool isImmutable, string? text, string mediaType = RiskCsv.MediaType)
    : IResult
{
    private static readonly string AYear =
        "public, max-age=" + ((int)TimeSpan.FromDays(365).TotalSeconds).ToString(CultureInfo.InvariantCulture)
        + ", immutable";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var etag = new EntityTagHeaderValue($"\"{tag}{(text is null ? "" : "-" + mediaType.Split('/')[1])}\"");
        var headers = httpContext.Response.GetTypedHeaders();
        headers.ETag = etag;
        httpContext.Response.Headers.CacheControl = isImmutable ? AYear : "no-cache";
        httpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (Has(httpContext.Request, etag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return text is null
            ? TypedResults.Ok(body).ExecuteAsync(httpContext)
            : TypedResults.Text(text, mediaType, Encoding.UTF8).ExecuteAsync(httpContext);
    }

    private static bool Has(HttpRequest request, EntityTagHeaderValue etag) => request.GetTypedHeaders().IfNoneMatch
        .Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false));
}
