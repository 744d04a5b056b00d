using System.Net.Http.Json;
using System.Text;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Tests;

/// <summary>HTTP as a client speaks it: a new Idempotency-Key with each post unless one is given.</summary>
public sealed class MeshClient(HttpClient http)
{
    private static int _keys;

    public async Task<HttpResponseMessage> PostAsync<T>(string path, T body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body switch
        {
            HttpContent content => content,
            string csv => new StringContent(csv, Encoding.UTF8, "text/csv"),
            _ => JsonContent.Create(body, options: ContractJson.Options),
        };
        request.Headers.Add("Idempotency-Key", key ?? $"key-{Interlocked.Increment(ref _keys)}");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await http.SendAsync(request);
    }

    public async Task<T> OkAsync<T>(string path, object body, string? key = null)
    {
        using var answer = await PostAsync(path, body, key);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
    }

    public Task<HttpResponseMessage> RawAsync(string path) => http.GetAsync(path);

    /// <summary>The head once the ledger has reached a size; fails after a minute.</summary>
    public async Task<TreeHead> WaitForSizeAsync(string study, long size)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.GetAsync($"ledger/{study}", limit.Token);
            if (answer.IsSuccessStatusCode
                && await answer.Content.ReadFromJsonAsync<TreeHead>(ContractJson.Options, limit.Token) is { } head
                && head.Size >= size) return head;
            await Task.Delay(20, limit.Token);
        }
    }
}
