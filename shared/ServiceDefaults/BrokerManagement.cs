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
        var (address, broker) = (new Uri(setting), Bus.Broker(configuration));
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
    public async Task<bool> IsLeaderlessAsync(string queue, CancellationToken token)
    {
        if (_http is null) return false;
        try
        {
            using var answer = await _http.GetAsync(
                new Uri($"api/queues/{_virtualHost}/{Uri.EscapeDataString(queue)}", UriKind.Relative), token);
            return answer.IsSuccessStatusCode && IsLeaderless(await answer.Content.ReadFromJsonAsync<JsonElement>(token));
        }
        catch (Exception silent) when (silent is HttpRequestException or JsonException
            || (silent is OperationCanceledException && !token.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => _http?.Dispose();

    /// <summary>A classic queue has no leader and needs none.</summary>
    internal static bool IsLeaderless(JsonElement queue)
    {
        if (Text(queue, "type") != "quorum") return false;
        return StatesWithoutLeader.Contains(Text(queue, "state"))
            || (queue.TryGetProperty("leader", out _) && string.IsNullOrEmpty(Text(queue, "leader")));
    }

    private static string? Text(JsonElement queue, string name) =>
        queue.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
