using System.Net.Http.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>One process's worth of risk-scoring on a loopback port, wired as its Program.cs wires it.</summary>
internal sealed class RiskHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RiskHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/api/v1/") };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RiskHost> StartAsync(
        RiskServers servers, string database, Uri matrix, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder(["--environment", "Local"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = database,
            ["ConnectionStrings:RabbitMq"] = servers.Servers.RabbitMqUri.AbsoluteUri,
            ["Services:MatrixAggregation"] = matrix.AbsoluteUri,
            ["Auth:LocalPublicKeyFile"] = servers.Keys.TokenPublicFile,
            ["Serilog:MinimumLevel:Default"] = "Error",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults(Wiring.Service);
        builder.AddRiskScoring();
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapRiskScoring();
        await app.StartAsync();
        var host = new RiskHost(app);
        await Eventually.IsTrueAsync("the host is ready", async () =>
        {
            using var answer = await host.Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        });
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // A bus that is not stopped may go on as the queue's one active consumer, with nothing left to give its messages to.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    public Task<HttpResponseMessage> RawAsync(string path) => Http.GetAsync(path);

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await Http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public async Task<IReadOnlyList<RiskVersion>> VersionsAsync(string study)
    {
        using var answer = await Http.GetAsync($"studies/{study}/risk/versions");
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<RiskVersions>(ContractJson.Options))!.Versions : [];
    }

    public Task WaitForVersionAsync(string study, long version) => Eventually.IsTrueAsync(
        $"version {version} of {study} is scored", async () => (await VersionsAsync(study)).Any(scored => scored.Version == version));
}

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task IsTrueAsync(string what, Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            if (limit.IsCancellationRequested) Assert.Fail($"Not within {Limit.TotalSeconds} s: {what}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public static Task IsTrueAsync(string what, Func<bool> condition) => IsTrueAsync(what, () => Task.FromResult(condition()));
}
