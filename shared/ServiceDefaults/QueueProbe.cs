using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Asks the broker about queues, over a connection of its own: the consumer's may be the one that hangs.</summary>
public sealed class QueueProbe(IConfiguration configuration, BrokerManagement management)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    // The broker gives what does not answer 5 s before it removes it all the same.
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(15);

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

    /// <summary>Removes a queue with all its messages.</summary>
    /// <returns>False when the broker does not answer.</returns>
    public async Task<bool> RemoveAsync(string queue, CancellationToken token)
    {
        using var limit = Limit(token, RemovalPatience);
        try
        {
            await using var connection = await BrokerLink.ConnectAsync(configuration, limit.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
            await channel.QueueDeleteAsync(queue, cancellationToken: limit.Token);
            return true;
        }
        catch (Exception unreachable) when (BrokerLink.IsSilence(unreachable, token))
        {
            return false;
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

    private static CancellationTokenSource Limit(CancellationToken token, TimeSpan? patience = null)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(patience ?? Patience);
        return limit;
    }
}
