using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>The real service on a loopback port, put together as its Program.cs does.</summary>
internal sealed class MatrixHost : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private MatrixHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/api/v1/") };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<MatrixHost> StartAsync(LocalKeys keys, string intake, string database, Uri broker)
    {
        var app = Builder(keys, intake, database, broker).Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapServiceDefaults();
        app.MapMatrixAggregation();
        await app.StartAsync();
        var host = new MatrixHost(app);
        // The bus starts behind the application; before it is up a published page finds no queue.
        await WaitUntilAsync(
            async () => (await host.HealthAsync()).EnumerateObject().All(check => Status(check.Value) != "Unhealthy"), () => "a start");
        return host;
    }

    /// <summary>Everything that the service is made of, not yet built.</summary>
    public static WebApplicationBuilder Builder(LocalKeys keys, string intake, string database, Uri broker)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = database,
            ["ConnectionStrings:RabbitMq"] = broker.ToString(),
            ["Services:RatingIntake"] = intake,
            ["Ledger:PagePublicKeyFile"] = keys.PagePublicFile,
            ["Auth:LocalPublicKeyFile"] = keys.TokenPublicFile,
            ["Serilog:MinimumLevel:Default"] = Environment.GetEnvironmentVariable("MATRIX_TEST_LOG") ?? "Fatal",
        });
        builder.AddServiceDefaults(MatrixTracing.Service);
        builder.AddMatrixAggregation();
        return builder;
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await Http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public Task<ConsensusMatrix> MatrixAsync(StudyLedger ledger, long version) =>
        GetAsync<ConsensusMatrix>($"studies/{ledger.Study}/matrix/versions/{version}");

    public async Task<IReadOnlyList<MatrixVersion>> VersionsAsync(StudyLedger ledger) =>
        (await GetAsync<MatrixVersions>($"studies/{ledger.Study}/matrix/versions?limit=200")).Versions;

    /// <summary>The newest version once it is <paramref name="version"/> or later.</summary>
    public async Task<MatrixHead> WaitForAsync(StudyLedger ledger, long version)
    {
        MatrixHead? head = null;
        await WaitUntilAsync(
            async () =>
            {
                head = await HeadAsync(ledger);
                return head?.Version >= version;
            },
            () => $"version {version} of {ledger.Study}; it is {head?.Version.ToString() ?? "unknown"}");
        return head!;
    }

    public Task WaitForAsync(StudyLedger ledger) => WaitForAsync(ledger, ledger.Size);

    /// <summary>What the readiness check says of the fold.</summary>
    public async Task<JsonElement> FoldHealthAsync() => (await HealthAsync()).GetProperty("fold");

    public async Task<MatrixHead?> HeadAsync(StudyLedger ledger) =>
        (await GetAsync<MatrixHeads>("matrix/heads")).Heads.FirstOrDefault(known => known.Study == ledger.Study);

    private async Task<JsonElement> HealthAsync()
    {
        using var answer = await Http.GetAsync("/health/ready");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks");
    }

    private static string? Status(JsonElement check) => check.GetProperty("status").GetString();

    public static async Task WaitUntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Waited {Limit} for {what()}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
