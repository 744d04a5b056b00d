using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>
/// How the service's queues are: asked by passive declaration on a connection of its own, and of the management interface
/// (setting <c>ConnectionStrings:RabbitMqManagement</c>, optional) who leads them.
/// </summary>
public sealed class QueueLook(IConfiguration configuration, Operated operated)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <exception cref="ProblemException">The broker does not answer.</exception>
    public async Task<QueueList> LookAsync(CancellationToken token)
    {
        await using var link = await BrokerLink.OpenAsync(configuration, token);
        var main = operated.Queue!;
        var queues = new List<QueueState>();
        foreach (var (name, kind) in new[] { (main, "consumed"), (main + "_error", "error"), (main + "_skipped", "skipped") })
            queues.Add(QueueAdvice.Judge(await AskAsync(link, name, kind, token), operated.Service));
        return new QueueList(operated.Service, queues);
    }

    private async Task<QueueState> AskAsync(BrokerLink link, string name, string kind, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(link.Token);
        limit.CancelAfter(Patience);
        try
        {
            // A refused declaration closes its channel, so each queue has one of its own.
            await using var channel = await link.Connection.CreateChannelAsync(cancellationToken: limit.Token);
            var state = await channel.QueueDeclarePassiveAsync(name, limit.Token);
            return new QueueState(
                name, kind, Declared: true, state.MessageCount, state.ConsumerCount, await LeaderAsync(name, token), "ok", null);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return new QueueState(name, kind, Declared: false, null, null, null, "missing", null);
        }
        catch (Exception silent) when (BrokerLink.IsSilence(silent, token))
        {
            // A quorum queue without a leader keeps whoever asks waiting.
            return new QueueState(name, kind, Declared: true, null, null, await LeaderAsync(name, token), "no-answer", null);
        }
    }

    /// <summary>Null when it cannot be known; empty when the queue has none.</summary>
    private async Task<string?> LeaderAsync(string name, CancellationToken token)
    {
        if (configuration.GetConnectionString("RabbitMqManagement") is not { Length: > 0 } address) return null;
        using var http = ClientOf(address, Bus.Broker(configuration));
        try
        {
            var host = Uri.EscapeDataString(HostOf(Bus.Broker(configuration)));
            using var answer = await http.GetAsync(new Uri($"api/queues/{host}/{Uri.EscapeDataString(name)}", UriKind.Relative), token);
            if (!answer.IsSuccessStatusCode) return null;
            using var queue = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(token));
            // A classic queue says its node only.
            return queue.RootElement.TryGetProperty("leader", out var leader) ? leader.GetString() ?? ""
                : queue.RootElement.TryGetProperty("members", out _) ? ""
                : queue.RootElement.TryGetProperty("node", out var node) ? node.GetString() : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is OperationCanceledException && !token.IsCancellationRequested))
        {
            // Who leads is an extra: the declaration has said whether the queue answers.
            return null;
        }
    }

    private static HttpClient ClientOf(string address, Uri broker)
    {
        var http = new HttpClient { BaseAddress = new Uri(address.TrimEnd('/') + "/"), Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(broker.UserInfo))));
        return http;
    }

    private static string HostOf(Uri broker) =>
        broker.AbsolutePath is "" or "/" ? "/" : Uri.UnescapeDataString(broker.AbsolutePath[1..]);
}
