using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>The few questions and orders we have for RabbitMQ's management interface.</summary>
internal sealed class RabbitMqManagement : IDisposable
{
    /// <summary>Of an order, such as to delete a virtual host with quorum queues, which a busy broker takes its time for.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly string _user;

    public RabbitMqManagement(Uri address, string user, string password)
    {
        _user = user;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _http = new HttpClient { BaseAddress = address, Timeout = Limit };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    /// <summary>With the user and password of a broker's address.</summary>
    public static RabbitMqManagement Of(Uri management, Uri broker)
    {
        var user = broker.UserInfo.Split(':', 2);
        return new RabbitMqManagement(management, Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user.Length > 1 ? user[1] : ""));
    }

    /// <summary>The listener for clients opens last, so this is the node's readiness.</summary>
    public async Task<bool> IsListeningAsync(int port, CancellationToken ct)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(ct);
        look.CancelAfter(Look);
        try
        {
            var path = $"api/health/checks/port-listener/{port.ToString(CultureInfo.InvariantCulture)}";
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), look.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    public async Task CreateVirtualHostAsync(string name, CancellationToken ct)
    {
        using var host = await _http.PutAsJsonAsync($"api/vhosts/{name}", new { }, ct);
        host.EnsureSuccessStatusCode();
        using var rights = await _http.PutAsJsonAsync(
            $"api/permissions/{name}/{Uri.EscapeDataString(_user)}", new { configure = ".*", write = ".*", read = ".*" }, ct);
        rights.EnsureSuccessStatusCode();
    }

    public async Task DeleteVirtualHostAsync(string name, CancellationToken ct)
    {
        using var answer = await _http.DeleteAsync(new Uri($"api/vhosts/{name}", UriKind.Relative), ct);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
