using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>What every service counts of its answers, and since when it runs. Labels are policies and status codes.</summary>
internal sealed class AnswerMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + "service");
    private readonly Counter<long> _denied;
    private readonly Counter<long> _turnedAway;

    public AnswerMetrics()
    {
        _denied = _meter.CreateCounter<long>(
            "authorization.denials", "{request}", "Requests answered 401 or 403, by policy and status");
        _turnedAway = _meter.CreateCounter<long>(
            "requests.turned_away", "{request}", "Requests answered 429 or 503: the service asked to come back later");
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
        _meter.CreateObservableGauge("service.start.time", () => started, "s", "When the process started, in seconds of Unix time");
    }

    public void Answered(HttpContext http)
    {
        var status = http.Response.StatusCode;
        switch (status)
        {
            case StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden:
                _denied.Add(1, new("policy", PolicyOf(http)), new("status", status));
                break;
            case StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable when !IsHealth(http):
                _turnedAway.Add(1, new KeyValuePair<string, object?>("status", status));
                break;
        }
    }

    public void Dispose() => _meter.Dispose();

    private static string PolicyOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "none";

    // A service that says it is not ready turns nobody away.
    private static bool IsHealth(HttpContext http) => http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}

internal static class AnswerCounting
{
    /// <summary>Outermost, so that it sees the status after every other middleware.</summary>
    public static void UseAnswerCounting(this WebApplication app, AnswerMetrics metrics) => app.Use(async (http, next) =>
    {
        await next(http);
        metrics.Answered(http);
    });
}
