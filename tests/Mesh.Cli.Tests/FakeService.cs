using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.Mesh.Cli.Tests;

/// <summary>A service on a free port that answers what the test says, and keeps what it was asked.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService(WebApplication app) => _app = app;

    public ConcurrentQueue<Asked> Requests { get; } = [];

    public string Url => _app.Urls.First();

    public static async Task<FakeService> StartAsync(Func<Asked, Answer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new FakeService(builder.Build());
        service._app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
            var asked = new Asked(
                http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers["Idempotency-Key"].ToString(),
                http.Request.Headers.Authorization.ToString(), await body.ReadToEndAsync());
            service.Requests.Enqueue(asked);
            var (status, content) = answer(asked);
            http.Response.StatusCode = status;
            http.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
            await http.Response.WriteAsync(content);
        });
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Asked(string Method, string Path, string Key, string Authorization, string Body);

internal sealed record Answer(int Status, string Content);
