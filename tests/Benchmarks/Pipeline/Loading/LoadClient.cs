using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>HTTP to intake, as cheap as it can be without being anything else: the load shares the machine with the mesh.</summary>
internal sealed class LoadClient : IDisposable
{
    private const int Connections = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _http;
    private readonly Uri _api;
    private readonly TimeProvider _clock;
    private long _keys;

    public LoadClient(Uri intake, TimeProvider clock)
    {
        (_api, _clock) = (new Uri(intake, "/api/v1/"), clock);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = Connections,
            ActivityHeadersPropagator = null,
            UseCookies = false,
            AllowAutoRedirect = false,
        });
    }

    /// <summary>One request of the load. Failures of any kind are a sample without an event; the phase counts them.</summary>
    public async Task<Sample> RateAsync(Rater rater, string study, long number, byte[] body, long intended, CancellationToken token)
    {
        var started = _clock.GetTimestamp();
        using var request = Request(rater, $"studies/{study}/ratings", FormattableString.Invariant($"{study}-{number}"));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await _http.SendAsync(request, limit.Token);
            var content = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            var recorded = answer.IsSuccessStatusCode ? EventOf(content) : Guid.Empty;
            return new Sample(intended, started, _clock.GetTimestamp(), recorded);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException
            && !token.IsCancellationRequested))
        {
            return new Sample(intended, started, _clock.GetTimestamp(), Guid.Empty);
        }
    }

    /// <summary>A command on a study, which has to succeed.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task SayAsync<T>(Rater speaker, string path, T body, CancellationToken token)
    {
        using var request = Request(speaker, path, FormattableString.Invariant($"{path}-{Interlocked.Increment(ref _keys)}"));
        request.Content = JsonContent.Create(body, options: ContractJson.Options);
        using var answer = await _http.SendAsync(request, token);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(token)}");
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Rater rater, string path, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_api, path));
        request.Headers.Authorization = rater.Token;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private static Guid EventOf(byte[] receipt)
    {
        var reader = new Utf8JsonReader(receipt);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("eventId"u8) && reader.Read()
                && reader.TokenType == JsonTokenType.String)
                return reader.GetGuid();
        return Guid.Empty;
    }
}
