using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Asks the broker about queues, over a connection of its own: the consumer's may be the one that hangs.</summary>
public sealed class QueueProbe(IConfiguration configuration, BrokerManagement management)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>By queue what the broker says, or null when the broker does not answer.</returns>
    public async Task<IReadOnlyDictionary<string, QueueFinding>?> AskAsync(IEnumerable<string> queues, CancellationToken token)
    {
        using var limit = Limit(token);
        var states = new Dictionary<string, QueueFinding>();
        try
        {
            await using var connection = await BrokerLink.ConnectAsync(configuration, limit.Token);
            foreach (var queue in queues) states[queue] = await AskAsync(connection, queue, token);
            return states;
        }
        catch (Exception unreachable) when (BrokerLink.IsSilence(unreachable, token))
        {
            return null;
        }
    }

    private async Task<QueueFinding> AskAsync(IConnection connection, string queue, CancellationToken token)
    {
        // Without a leader 3.10 answers a passive declaration with zeros; only its management says more.
        if (await management.IsLeaderlessAsync(queue, token)) return QueueFinding.Leaderless;
        using var limit = Limit(token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
        try
        {
            var answer = await channel.QueueDeclarePassiveAsync(queue, limit.Token);
            return new QueueFinding(false, false, answer.MessageCount, answer.ConsumerCount);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return QueueFinding.Missing;
        }
        // The broker lives and this one queue does not answer: nobody leads it.
        catch (Exception silent) when (BrokerLink.IsSilence(silent, token) && connection.IsOpen)
        {
            return QueueFinding.Leaderless;
        }
    }

    private static CancellationTokenSource Limit(CancellationToken token)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        return limit;
    }
}
