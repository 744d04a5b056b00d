using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace AlignmentMesh.ServiceDefaults;

internal static class Logs
{
    /// <summary>One JSON object a line on standard output, with trace and span id; whoever runs the process keeps the file.</summary>
    public static void AddLogs(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddSerilog(logs => logs
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
            // A line for each page of the daemon tells nothing that its metrics do not.
            .MinimumLevel.Override("Marten.Events.Daemon", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            // Expected conflicts of appending are decided again and counted; Marten would log each with all its SQL.
            .MinimumLevel.Override("Marten.IDocumentStore", LogEventLevel.Fatal)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .Enrich.WithProperty("service", service)
            .WriteTo.Console(new RenderedCompactJsonFormatter()));
}
