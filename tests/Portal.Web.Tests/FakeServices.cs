using System.Collections.Concurrent;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>All services on one port, each below its name: they answer what the test says, over real HTTP.</summary>
internal sealed class FakeServices : IAsyncDisposable
{
    public const string Intake = "rating-intake";
    public const string Matrix = "matrix-aggregation";
    public const string Risk = "risk-scoring";
    public const string Signing = "checkpoint-signing";

    private readonly ConcurrentDictionary<string, object> _answers = new();
    private readonly ConcurrentDictionary<string, bool> _down = new();
    private readonly WebApplication _app;

    private FakeServices(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The bodies of the questions that had one.</summary>
    public ConcurrentQueue<string> Bodies { get; } = [];

    public string Address(string service) => $"{_app.Urls.Single()}/{service}/";

    public static async Task<FakeServices> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fakes = new FakeServices(builder.Build());
        fakes._app.Run(fakes.AnswerAsync);
        await fakes._app.StartAsync();
        return fakes;
    }

    /// <param name="path">Below <c>/api/v1/</c>, with its query.</param>
    public void Say(string service, string path, object answer) => Root(service, "api/v1/" + path, answer);

    /// <param name="path">Below the service's address.</param>
    public void Root(string service, string path, object answer) => _answers[$"/{service}/{path}"] = answer;

    /// <summary>The service breaks off every request from now on, or no longer.</summary>
    public void Down(string service, bool isDown = true) => _down[service] = isDown;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path + http.Request.QueryString;
        Asked.Enqueue(path);
        if (_down.GetValueOrDefault(path.Split('/')[1]))
        {
            http.Abort();
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method)) Bodies.Enqueue(await new StreamReader(http.Request.Body).ReadToEndAsync());

        if (!_answers.TryGetValue(path, out var answer))
            answer = new FakeRefusal(StatusCodes.Status404NotFound, "No such thing", $"Nothing is known at {http.Request.Path}.");
        if (answer is FakeLines lines)
        {
            foreach (var line in lines.Lines) await http.Response.WriteAsync(JsonSerializer.Serialize(line, ContractJson.Options) + "\n");
            await http.Response.Body.FlushAsync();
            if (lines.IsBrokenOff) http.Abort();
            return;
        }

        if (answer is not FakeRefusal refusal)
        {
            await http.Response.WriteAsJsonAsync(answer, answer.GetType(), ContractJson.Options);
            return;
        }

        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = "application/problem+json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(refusal, ContractJson.Options));
    }
}

/// <summary>An answer line by line, which may end before its end.</summary>
internal sealed record FakeLines(IReadOnlyList<ReplayedVersion> Lines, bool IsBrokenOff = false);

/// <summary>A problem that a service answers with.</summary>
internal sealed record FakeRefusal(int Status, string Title, string Detail);
