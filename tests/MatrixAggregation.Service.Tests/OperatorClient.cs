using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>Asks a host's operating endpoints as somebody with a role, by default an operator, or as nobody.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _http;

    public OperatorClient(MatrixHost host, LocalKeys keys, string role = "operator")
    {
        _http = new HttpClient { BaseAddress = host.Http.BaseAddress };
        if (role.Length > 0)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalTokens.Mint(
                keys, new TokenHolder("operators", [role], "oscar"), TimeSpan.FromMinutes(30), TimeProvider.System));
    }

    /// <summary>The header that it sends.</summary>
    public string Authorization => _http.DefaultRequestHeaders.Authorization!.ToString();

    public async Task<HttpStatusCode> StatusOfAsync(string path, object? body = null)
    {
        using var answer = body is null ? await _http.GetAsync(path) : await SendAsync(path, body);
        return answer.StatusCode;
    }

    public async Task<T> GetAsync<T>(string path) => Read<T>(path, await TextAsync(path));

    /// <summary>Null when the service asks to come back later, as the command line does.</summary>
    public async Task<T?> TryGetAsync<T>(string path)
        where T : class
    {
        using var answer = await _http.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null
            ? null
            : Read<T>(path, await OkAsync(path, answer));
    }

    /// <summary>The answer's text, to look for what must not be in it.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await OkAsync(path, answer);
    }

    public async Task<T> PostAsync<T>(string path, object body)
    {
        using var answer = await SendAsync(path, body);
        return Read<T>(path, await OkAsync(path, answer));
    }

    public async Task<IReadOnlyList<RebuildLine>> RebuildAsync(string study, RebuildRequest request)
    {
        var path = $"operations/studies/{study}:rebuild";
        using var answer = await SendAsync(path, request);
        var lines = (await OkAsync(path, answer)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => Read<RebuildLine>(path, line))];
    }

    public async Task<IReadOnlyList<OperationRecord>> LogAsync() =>
        (await GetAsync<OperationLogPage>("operations/log")).Operations;

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> SendAsync(string path, object body) =>
        _http.PostAsync(path, JsonContent.Create(body, body.GetType(), options: ContractJson.Options));

    private static async Task<string> OkAsync(string path, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    private static T Read<T>(string path, string text) =>
        JsonSerializer.Deserialize<T>(text, ContractJson.Options) ?? throw new JsonException($"{path} answered null.");
}
