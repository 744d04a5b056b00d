using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Polly;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>Asks one service and turns everything that can go wrong into words.</summary>
internal abstract partial class ServiceReader(string service, HttpClient http, ILogger log)
{
    public string Service => service;

    /// <summary>What the service says of itself: its OpenAPI document.</summary>
    public Task<Answer<JsonDocument>> DescriptionAsync(CancellationToken token) => ReadAsync<JsonDocument>(
        Get("openapi/v1.json"), async body => await JsonDocument.ParseAsync(body, cancellationToken: token), token);

    protected Task<Answer<T>> GetAsync<T>(FormattableString path, CancellationToken token)
        where T : class =>
        ReadAsync(Get(Escaped(path)), body => JsonSerializer.DeserializeAsync<T>(body, ContractJson.Options, token), token);

    /// <summary>Asks a question that is too long for an address; nothing is changed by it.</summary>
    protected Task<Answer<T>> AskAsync<T>(FormattableString path, object question, CancellationToken token)
        where T : class
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Escaped(path), UriKind.Relative))
        {
            Content = JsonContent.Create(question, question.GetType(), options: ContractJson.Options),
        };
        return ReadAsync(request, body => JsonSerializer.DeserializeAsync<T>(body, ContractJson.Options, token), token);
    }

    /// <summary>Answers that come line by line; no more than so many are read.</summary>
    protected Task<Answer<IReadOnlyList<T>>> LinesAsync<T>(FormattableString path, int most, CancellationToken token)
        where T : class =>
        ReadAsync<IReadOnlyList<T>>(
            Get(Escaped(path)),
            async body =>
            {
                var lines = JsonSerializer.DeserializeAsyncEnumerable<T>(body, topLevelValues: true, ContractJson.Options, token);
                return await lines.Where(line => line is not null).Select(line => line!).Take(most).ToListAsync(token);
            },
            token);

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative));

    private async Task<Answer<T>> ReadAsync<T>(HttpRequestMessage question, Func<Stream, ValueTask<T?>> read, CancellationToken token)
        where T : class
    {
        using var request = question;
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            if (!answer.IsSuccessStatusCode) return await WhyAsync(answer, token);
            await using var body = await answer.Content.ReadAsStreamAsync(token);
            var value = await read(body);
            return value is null ? Away("It answered with nothing.") : value;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ExecutionRejectedException or JsonException
            || (failure is OperationCanceledException && !token.IsCancellationRequested))
        {
            LogFailed(service, failure);
            return Away(failure switch
            {
                JsonException => "Its answer could not be read.",
                IOException => "It broke its answer off.",
                _ => "It did not answer in time.",
            });
        }
    }

    /// <summary>The path with every value in it escaped; a value that is null leaves its parameter empty.</summary>
    private static string Escaped(FormattableString path) => "api/v1/" + string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        path.Format,
        [.. path.GetArguments().Select(value => Uri.EscapeDataString(
            Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""))]);

    private async Task<Missing> WhyAsync(HttpResponseMessage answer, CancellationToken token)
    {
        if (answer.StatusCode >= HttpStatusCode.InternalServerError) return Away("It asks to come back later.");
        var problem = await ProblemAsync(answer, token);
        var kind = answer.StatusCode == HttpStatusCode.NotFound ? MissingKind.Unknown : MissingKind.Refused;
        return new Missing(service, kind, problem?.Title ?? "No answer", problem?.Detail ?? "", problem?.Allowed, TraceId);
    }

    private static async Task<ProblemBody?> ProblemAsync(HttpResponseMessage answer, CancellationToken token)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true) return null;
        return await answer.Content.ReadFromJsonAsync<ProblemBody>(ContractJson.Options, token);
    }

    private Missing Away(string detail) => new(service, MissingKind.Unreachable, $"{service} is not answering", detail, null, TraceId);

    private static string? TraceId => Activity.Current?.TraceId.ToString();

    [LoggerMessage(LogLevel.Warning, "{Service} could not be read")]
    private partial void LogFailed(string service, Exception failure);

    private sealed record ProblemBody(string? Title = null, string? Detail = null, string? Allowed = null);
}
