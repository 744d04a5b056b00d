using System.Globalization;
using System.Reflection;

namespace AlignmentMesh.RatingIntake.Service.SubmittingRatings;

/// <summary>The assessment version of an If-Match header, or null without one.</summary>
internal sealed record IfMatch(long? Version)
{
    public static ValueTask<IfMatch> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        if (header is "" or "*") return ValueTask.FromResult(new IfMatch((long?)null));
        if (!long.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            throw new BadHttpRequestException($"If-Match is {header}; allowed: the ETag of the assessment, e.g. \"3\".");
        return ValueTask.FromResult(new IfMatch(version));
    }
}
