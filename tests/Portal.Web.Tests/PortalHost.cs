using System.Net;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>The portal on a loopback port, wired as its Program.cs wires it, before services of the test's making.</summary>
public sealed class PortalHost : IAsyncLifetime
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private WebApplication _app = null!;

    internal FakeServices Services { get; private set; } = null!;

    internal IServiceProvider Provider => _app.Services;

    public HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Services = await FakeServices.StartAsync();
        var builder = WebApplication.CreateBuilder(["--environment", "Local"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Services:RatingIntake"] = Services.Address(FakeServices.Intake),
            ["Services:MatrixAggregation"] = Services.Address(FakeServices.Matrix),
            ["Services:RiskScoring"] = Services.Address(FakeServices.Risk),
            ["Services:CheckpointSigning"] = Services.Address(FakeServices.Signing),
            ["Auth:LocalPublicKeyFile"] = LocalKeys.In(_directory).TokenPublicFile,
            ["Portal:TraceAddress"] = "http://traces.example/trace/{traceId}",
            ["Serilog:MinimumLevel:Default"] = "Fatal",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults(Wiring.Service);
        builder.AddPortal();
        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.MapPortal();
        await _app.StartAsync();
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Services.DisposeAsync();
        _directory.Delete();
    }

    /// <summary>The page, which has to have this status and be well-formed where it can be.</summary>
    internal async Task<Page> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{path}: {answer.StatusCode}\n{html}");
        return new Page(html);
    }
}
