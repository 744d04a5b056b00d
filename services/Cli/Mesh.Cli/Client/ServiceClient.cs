using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>
/// One service over HTTP. Every request carries a trace id of its own; whatever can be repeated safely (reads, and changes with
/// their Idempotency-Key) is repeated a few times when the service or the way to it is busy.
/// </summary>
internal sealed partial class ServiceClient(HttpClient http, Peer peer, Uri address, string? token, TimeProvider clock)
{
    private const int Attempts = 4;
    private const string Root = "api/v1/";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The same service, asked by somebody else.</summary>
    public ServiceClient As(string otherToken) => new(http, peer, address, otherToken, clock);

    public Task<T> GetAsync<T>(string path, CancellationToken ct) => SendAsync<T>(HttpMethod.Get, path, null, null, ct);

    /// <summary>An answer as the service wrote it.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken ct) =>
        (await ReadAsync(HttpMethod.Get, path, null, null, ct)).Body;

    /// <param name="key">Idempotency-Key: a retry with it changes nothing twice.</param>
    public Task<T> PostAsync<T>(string path, object? body, string key, CancellationToken ct) => SendAsync<T>(
        HttpMethod.Post, path,
        body is null ? null : () => Written(body), key, ct);

    public Task<T> PostCsvAsync<T>(string path, string csv, string key, CancellationToken ct) =>
        SendAsync<T>(HttpMethod.Post, path, () => new StringContent(csv, Encoding.UTF8, "text/csv"), key, ct);

    /// <summary>A text, answered with one; for what a retry does not do twice.</summary>
    public async Task<string> PostTextAsync(string path, string text, CancellationToken ct) =>
        (await ReadAsync(HttpMethod.Post, path, () => new StringContent(text, Encoding.UTF8, "text/plain"), null, ct)).Body;

    /// <summary>A new Idempotency-Key.</summary>
    public string NewKey() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>An id as a part of an address.</summary>
    public static string Segment(string id) => Uri.EscapeDataString(id);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, Func<HttpContent>? content, string? key, CancellationToken ct)
    {
        var (body, trace) = await ReadAsync(method, path, content, key, ct);
        try
        {
            return JsonSerializer.Deserialize<T>(body, ContractJson.Options) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            throw new CommandException(
                ExitCode.Internal, $"{peer.Name} at {address} answered something else than expected: {e.Message}",
                "Check that the address is that service's, and that mesh and service have the same version.", e)
            { TraceId = trace };
        }
    }

    private async Task<(string Body, string Trace)> ReadAsync(
        HttpMethod method, string path, Func<HttpContent>? content, string? key, CancellationToken ct)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var response = await SendPatientlyAsync(() => Request(method, path, content, key, trace), trace, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? (body, trace) : throw await FailureAsync(path, response.StatusCode, body, trace, ct);
    }

    private async Task<HttpResponseMessage> SendPatientlyAsync(Func<HttpRequestMessage> request, string trace, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = FirstPause * Math.Pow(2, attempt - 1);
            try
            {
                using var message = request();
                var response = await http.SendAsync(message, ct);
                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                    return response;
                pause = response.Headers.RetryAfter?.Delta is { } asked && asked < LongestPause ? asked : pause;
                response.Dispose();
            }
            catch (HttpRequestException e) when (attempt == Attempts)
            {
                throw Unreachable(e, trace);
            }
            catch (HttpRequestException)
            {
                // The next attempt decides.
            }
            catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new CommandException(
                    ExitCode.TryAgain, $"{peer.Name} at {address} did not answer in time.",
                    "Run the same command again; nothing is counted twice.", e)
                { TraceId = trace };
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    private static StringContent Written(object body) =>
        new(JsonSerializer.Serialize(body, ContractJson.Options), Encoding.UTF8, "application/json");

    private CommandException Unreachable(HttpRequestException e, string trace) => new(
        ExitCode.Unreachable, $"{peer.Name} cannot be reached at {address}: {e.Message}",
        "Check that it runs ('mesh status'), and its address.", e)
    { TraceId = trace };

    private HttpRequestMessage Request(HttpMethod method, string path, Func<HttpContent>? content, string? key, string trace)
    {
        var request = new HttpRequestMessage(method, new Uri(address, Root + path)) { Content = content?.Invoke() };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<CommandException> FailureAsync(string path, HttpStatusCode status, string body, string trace, CancellationToken ct)
    {
        var problem = ProblemBody.Read(body);
        var question = problem?.Type == ProblemBody.UnknownStudy ? await StudyQuestionAsync(path, ct) : null;
        return new CommandException(
            ProblemBody.ExitCodeOf(status), $"{problem?.Title ?? status.ToString()} ({peer.Name} answered {(int)status})",
            problem?.Advice ?? await WhatToDoAsync(problem?.Type, ct) ?? ProblemBody.NextOf(status))
        {
            Details = [.. problem?.Lines ?? [], .. question is null ? [] : new[] { question }],
            TraceId = problem?.TraceId ?? trace,
            Problem = problem?.Type,
            IsNotFound = status == HttpStatusCode.NotFound,
        };
    }

    /// <summary>Every problem type has a page that says what to do.</summary>
    private async Task<string?> WhatToDoAsync(string? type, CancellationToken ct)
    {
        if (type?.StartsWith("/problems/", StringComparison.Ordinal) != true)
            return null;
        try
        {
            using var response = await http.GetAsync(new Uri(address, type[1..]), ct);
            var page = await response.Content.ReadAsStringAsync(ct);
            return response.IsSuccessStatusCode ? JsonSerializer.Deserialize<ProblemPage>(page, ContractJson.Options)?.WhatToDo : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Studies of nearly that name, of those whose heads the service lists.</summary>
    private async Task<string?> StudyQuestionAsync(string path, CancellationToken ct)
    {
        if (peer.Heads is null || path.Split('/', '?') is not ["studies" or "ledger", var study, ..])
            return null;
        using var response = await http.GetAsync(new Uri(address, Root + peer.Heads), ct);
        if (!response.IsSuccessStatusCode)
            return null;
        var known = JsonSerializer.Deserialize<StudyHeads>(await response.Content.ReadAsStringAsync(ct), ContractJson.Options);
        return CloseMatch.Question(Uri.UnescapeDataString(study), known?.Heads?.Select(head => head.Study) ?? []);
    }

    private sealed record ProblemPage(string? WhatToDo);

    private sealed record StudyHeads(IReadOnlyList<StudyHead>? Heads);

    private sealed record StudyHead(string Study);
}
