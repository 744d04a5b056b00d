using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>How readers keep answers: by a tag that differs wherever the answer differs.</summary>
public static class AnswerCaching
{
    /// <summary>For an address that never answers otherwise.</summary>
    public const string Forever = "public, max-age=31536000, immutable";

    /// <summary>For an address whose answer changes: kept, and asked for each time.</summary>
    public const string AskAgain = "no-cache";

    /// <summary>Sets the caching headers and says whether the reader has this very answer already.</summary>
    /// <param name="tag">Without quotes.</param>
    public static bool IsKnown(this HttpContext http, string tag, string cacheControl)
    {
        var etag = new EntityTagHeaderValue($"\"{tag}\"");
        http.Response.GetTypedHeaders().ETag = etag;
        http.Response.Headers.CacheControl = cacheControl;
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false));
    }
}
