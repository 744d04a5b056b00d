using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>
/// Sends a request with its key, to one node after another, until it is answered. Of answers only 2xx, 429 and 503 are expected, the
/// last two with Retry-After.
/// </summary>
internal sealed class PatientSender
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentQueue<string> _unexpected = new();
    private int _busy;
    private int _broken;

    /// <summary>Answers that no fault may cause.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    /// <summary>How many answers were 503 or 429.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>How many requests ended without an answer.</summary>
    public int Broken => Volatile.Read(ref _broken);

    public void Report(string unexpected) => _unexpected.Enqueue(unexpected);

    /// <summary>The answer, or null, and a report, when there was none in time.</summary>
    public async Task<T?> WaitForAnswerAsync<T>(IReadOnlyList<MeshClient> clients, string path, object body, string key)
        where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var attempt = 0; !limit.IsCancellationRequested; attempt++)
        {
            try
            {
                using var answer = await clients[attempt % clients.Count].PostAsync(path, body, key);
                if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<T>(ContractJson.Options))!;
                await CountAsync(answer);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // The node died or went silent; another one, or the same one later, is asked with the same key.
                Interlocked.Increment(ref _broken);
            }

            await Task.Delay(RetryPause);
        }

        Report($"{key} was not answered within {Patience.TotalSeconds} s");
        return null;
    }

    private async Task CountAsync(HttpResponseMessage answer)
    {
        var wait = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
        if (wait) Interlocked.Increment(ref _busy);
        if (!wait || answer.Headers.RetryAfter is null)
            Report($"{(int)answer.StatusCode}, Retry-After {answer.Headers.RetryAfter}: {await answer.Content.ReadAsStringAsync()}");
    }
}
