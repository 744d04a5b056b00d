using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>What every service has in common, in two lines of its Program.cs.</summary>
public static class ServiceDefaults
{
    /// <summary>Largest request body of any endpoint that does not raise it itself.</summary>
    public const long MaxBodyBytes = 1024 * 1024;

    /// <summary>Logs, traces, metrics, health, problem details, identity and JSON conventions.</summary>
    /// <param name="service">The service's name in logs, traces and metrics, e.g. <c>rating-intake</c>.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddLogs(service);
        builder.AddTelemetry(service);
        builder.AddIdentity();
        builder.AddProblems();
        builder.AddFailpoints();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<AnswerMetrics>();
        builder.Services.Configure<JsonOptions>(options =>
        {
            // What is not understood is refused, not ignored: a misspelt field would otherwise be a rating that says less.
            ContractJson.Configure(options.SerializerOptions).UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddHealthChecks();
        builder.Services.AddOpenApi(OpenApi.Version, OpenApi.Describe(service));
        return builder;
    }

    /// <summary>The endpoints and middleware that every service has; call it before mapping the service's own.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseAnswerCounting(app.Services.GetRequiredService<AnswerMetrics>());
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseTraceResponse();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapProblemTypes();
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Access.Reader);
        return app;
    }
}
