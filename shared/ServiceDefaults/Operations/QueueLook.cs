using AlignmentMesh.Contracts;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>
/// How the service's queues are: asked by passive declaration on a connection of its own, and of the management interface
/// (setting <c>ConnectionStrings:RabbitMqManagement</c>, optional) who leads them.
/// </summary>
public sealed class QueueLook(IConfiguration configuration, BrokerManagement management, Operated operated)
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
                name, kind, Declared: true, state.MessageCount, state.ConsumerCount, await management.LeaderAsync(name, token), "ok", null);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return new QueueState(name, kind, Declared: false, null, null, null, "missing", null);
        }
        catch (Exception silent) when (BrokerLink.IsSilence(silent, token))
        {
            // A quorum queue without a leader keeps whoever asks waiting.
            return new QueueState(name, kind, Declared: true, null, null, await management.LeaderAsync(name, token), "no-answer", null);
        }
    }
}
