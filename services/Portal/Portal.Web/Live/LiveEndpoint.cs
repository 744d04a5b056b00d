using System.Globalization;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Live;

internal static class LiveEndpoint
{
    /// <summary>Server-sent events of a study's new versions, from the one that the page has or that the browser last heard of.</summary>
    public static void MapLive(this WebApplication app) =>
        app.MapGet("/studies/{study}/live", (string study, string? after, NewestVersions versions, HttpContext http) =>
            {
                http.Response.Headers["X-Accel-Buffering"] = "no";
                return TypedResults.ServerSentEvents(versions.TellAsync(study, Known(http, after), http.RequestAborted));
            })
            .ExcludeFromDescription().RequireAuthorization(Access.Reader);

    private static long Known(HttpContext http, string? after) =>
        Number(http.Request.Headers["Last-Event-ID"]) ?? Number(after) ?? 0;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
