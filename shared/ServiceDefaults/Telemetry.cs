using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// Traces and metrics. Spans and labels carry ids (study, ledger index, event id), never ratings, rationale or names:
/// what is blind must stay blind in telemetry too.
/// </summary>
public static class Telemetry
{
    /// <summary>Prefix of our own activity sources and meters; a service's source is <c>AlignmentMesh.{service}</c>.</summary>
    public const string Prefix = "AlignmentMesh.";

    /// <summary>Where OTLP goes: one receiver for both, or one each for traces and metrics.</summary>
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    internal static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "alignmentmesh"))
            .WithTracing(traces => traces
                .AddSource(Prefix + "*", "Marten", "MassTransit")
                .AddNpgsql()
                .AddHttpClientInstrumentation()
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthTracing))
            .WithMetrics(metrics => metrics
                .AddMeter(Prefix + "*", "Marten", "MassTransit", "Npgsql", "Microsoft.AspNetCore.Hosting"));
        if (Endpoints.Any(endpoint => !string.IsNullOrEmpty(builder.Configuration[endpoint]))) telemetry.UseOtlpExporter();
    }

    /// <summary>Answers name their trace, so that a person can quote it.</summary>
    internal static void UseTraceResponse(this WebApplication app) => app.Use((http, next) =>
    {
        if (Activity.Current?.Id is { } id) http.Response.Headers["traceparent"] = id;
        return next(http);
    });

    private static bool IsWorthTracing(HttpContext http) => !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
