using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// RabbitMQ's management interface, where <c>ConnectionStrings:RabbitMqManagement</c> names it
/// (<c>http://user:password@host:15672/</c>; without a user the broker's own is taken). Without it nothing is known.
/// </summary>
public sealed class BrokerManagement : IDisposable
{
    private static readonly string[] StatesWithoutLeader = ["down", "minority", "noproc"];

    private readonly HttpClient? _http;
    private readonly string _virtualHost = "";

    public BrokerManagement(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("RabbitMqManagement") is not { Length: > 0 } setting) return;
        var (address, broker) = (new Uri(setting.TrimEnd('/') + "/"), Bus.Broker(configuration));
        var user = Uri.UnescapeDataString(address.UserInfo.Length > 0 ? address.UserInfo : broker.UserInfo);
        var path = Uri.UnescapeDataString(broker.AbsolutePath.TrimStart('/'));
        _virtualHost = Uri.EscapeDataString(path.Length == 0 ? "/" : path);
        _http = new HttpClient
        {
            BaseAddress = new UriBuilder(address) { UserName = "", Password = "" }.Uri,
            Timeout = TimeSpan.FromSeconds(3),
        };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>True only when the interface says so; false also when it is not there or does not answer.</summary>
    public async Task<bool> IsLeaderlessAsync(string queue, CancellationToken token) =>
        await AskAsync(queue, token) is { } answer && IsLeaderless(answer);

    /// <summary>Who leads the queue: empty when nobody does, null when it cannot be known.</summary>
    public async Task<string?> LeaderAsync(string queue, CancellationToken token) =>
        await AskAsync(queue, token) is { } answer ? LeaderOf(answer) : null;

    public void Dispose() => _http?.Dispose();

    /// <summary>
    /// A classic queue has no leader and needs none. A quorum queue whose log was lost keeps a leader's name and reports no state
    /// (3.10, killed a moment after the declaration); a new one reports its first within seconds.
    /// </summary>
    internal static bool IsLeaderless(JsonElement queue)
    {
        if (Text(queue, "type") != "quorum") return false;
        return Text(queue, "state") is null or "" || StatesWithoutLeader.Contains(Text(queue, "state"))
            || (queue.TryGetProperty("leader", out _) && string.IsNullOrEmpty(Text(queue, "leader")));
    }

    // A classic queue says its node only.
    private static string? LeaderOf(JsonElement queue) =>
        queue.TryGetProperty("leader", out var leader) ? leader.GetString() ?? ""
        : queue.TryGetProperty("members", out _) ? ""
        : Text(queue, "node");

    private async Task<JsonElement?> AskAsync(string queue, CancellationToken token)
    {
        if (_http is null) return null;
        try
        {
            using var answer = await _http.GetAsync(
                new Uri($"api/queues/{_virtualHost}/{Uri.EscapeDataString(queue)}", UriKind.Relative), token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(token) : null;
        }
        catch (Exception silent) when (silent is HttpRequestException or JsonException
            || (silent is OperationCanceledException && !token.IsCancellationRequested))
        {
            // What it knows is an extra: the broker itself says whether a queue answers.
            return null;
        }
    }

    private static string? Text(JsonElement queue, string name) =>
        queue.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
