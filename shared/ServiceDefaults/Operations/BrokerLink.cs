using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>
/// A connection for one operation, apart from the bus: what is looked at may be what hangs. Every wait on it is limited.
/// </summary>
internal sealed class BrokerLink(IConnection connection, CancellationTokenSource limit) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IConnection Connection => connection;

    /// <summary>Ends with the operation's time.</summary>
    public CancellationToken Token => limit.Token;

    /// <exception cref="ProblemException">The broker does not answer.</exception>
    public static async Task<BrokerLink> OpenAsync(IConfiguration configuration, CancellationToken token)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            return new BrokerLink(await ConnectAsync(configuration, limit.Token), limit);
        }
        catch (Exception failure) when (IsSilence(failure, token))
        {
            limit.Dispose();
            throw Silent(failure);
        }
    }

    /// <summary>A bare connection, for who limits each of its waits itself.</summary>
    public static Task<IConnection> ConnectAsync(IConfiguration configuration, CancellationToken token) =>
        new ConnectionFactory { Uri = Bus.Broker(configuration), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(token);

    /// <summary>True when the broker failed or kept silent, and not when the caller gave up.</summary>
    public static bool IsSilence(Exception failure, CancellationToken caller) => failure
        is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or PublishException or IOException
            or TimeoutException
        || (failure is OperationCanceledException && !caller.IsCancellationRequested);

    public static ProblemException Silent(Exception failure) =>
        new(OperationProblems.BrokerSilent, $"RabbitMQ did not do what it was asked for: {Reason(failure)}.");

    /// <summary>The broker's own words where it gave any; they name queues, never what is in them.</summary>
    private static string Reason(Exception failure) => failure is OperationInterruptedException { ShutdownReason: { } reason }
        ? $"{reason.ReplyCode} {reason.ReplyText}"
        : failure.GetType().Name;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        limit.Dispose();
    }
}
