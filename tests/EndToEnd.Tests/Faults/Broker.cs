using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AlignmentMesh.Deploy.Local;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The broker as its operator sees it.</summary>
internal sealed class Broker(LocalServers servers)
{
    public const string MatrixQueue = "matrix-aggregation";
    public const string RiskQueue = "risk-scoring";

    /// <summary>Messages ready and consumers of a queue; null while it does not exist or the broker does not answer.</summary>
    public async Task<QueueDeclareOk?> QueueAsync(string queue)
    {
        try
        {
            await using var connection = await ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            return await channel.QueueDeclarePassiveAsync(queue);
        }
        catch (Exception absent) when (absent is OperationInterruptedException or BrokerUnreachableException or AlreadyClosedException
            or IOException or TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>A consumer on both queues, and nothing waiting in them.</summary>
    public async Task<bool> IsConsumedAsync()
    {
        foreach (var queue in new[] { MatrixQueue, RiskQueue })
            if (await QueueAsync(queue) is not { ConsumerCount: > 0, MessageCount: < 20 }) return false;
        return true;
    }

    public Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = servers.RabbitMqUri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>
    /// Sets the free disk space below which the running node blocks all publishers, with the node's own tool and environment.
    /// </summary>
    public async Task LimitFreeDiskAsync(string limit)
    {
        var node = $"/proc/{servers.RabbitMq.ProcessId!.Value.ToString(CultureInfo.InvariantCulture)}";
        var script = (await File.ReadAllTextAsync(node + "/cmdline")).Split('\0')
            .First(part => part.EndsWith("rabbitmq-server", StringComparison.Ordinal));
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(script)!, "rabbitmqctl"), ["set_disk_free_limit", limit])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in (await File.ReadAllTextAsync(node + "/environ")).Split('\0').Where(variable => variable.Contains('=')))
            start.Environment[variable[..variable.IndexOf('=', StringComparison.Ordinal)]] =
                variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];
        using var tool = Process.Start(start)!;
        var said = await tool.StandardOutput.ReadToEndAsync() + await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, said);
    }

    /// <summary>Null when its management does not answer.</summary>
    public async Task<bool?> HasAlarmAsync()
    {
        using var http = Management();
        try
        {
            using var answer = await http.GetAsync(new Uri("api/health/checks/local-alarms", UriKind.Relative));
            return !answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private HttpClient Management()
    {
        var http = new HttpClient { BaseAddress = servers.RabbitMqManagement, Timeout = TimeSpan.FromSeconds(10) };
        var user = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(servers.RabbitMqUri.UserInfo));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(user));
        return http;
    }
}
