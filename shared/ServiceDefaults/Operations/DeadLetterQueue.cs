using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>A message as it was delivered, held until its queue is closed or it is acknowledged.</summary>
internal sealed record HeldMessage(ulong Tag, IReadOnlyBasicProperties Properties, byte[] Body);

/// <summary>
/// One <c>_error</c> or <c>_skipped</c> queue, open for one operation. Messages are consumed and not got: these queues take over
/// the arguments of the queue they belong to, and a quorum queue with a single active consumer refuses basic.get. What was not
/// acknowledged goes back to its queue when the channel closes, and is there for the next look when this one is disposed of.
/// </summary>
internal sealed class DeadLetterQueue(BrokerLink link, IChannel channel, string name, long waiting) : IAsyncDisposable
{
    /// <summary>Messages held at once.</summary>
    public const int MostHeld = 256;

    // After the last delivery: another process may hold the rest.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromMilliseconds(10);

    private bool _held;
    private long _removed;

    public string Name => name;

    /// <summary>Messages that waited when it was opened.</summary>
    public long Waiting => waiting;

    /// <returns>Null when the queue was never declared: nothing failed yet.</returns>
    public static async Task<DeadLetterQueue?> OpenAsync(IConfiguration configuration, string name, CancellationToken token)
    {
        var link = await BrokerLink.OpenAsync(configuration, token);
        try
        {
            var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            var channel = await link.Connection.CreateChannelAsync(options, link.Token);
            var state = await channel.QueueDeclarePassiveAsync(name, link.Token);
            return new DeadLetterQueue(link, channel, name, state.MessageCount);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            await link.DisposeAsync();
            return null;
        }
        catch (Exception)
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>The oldest messages, one after another, until the caller stops or the queue gives no more.</summary>
    public async IAsyncEnumerable<HeldMessage> ReadAsync()
    {
        // The broker gives no more than the prefetch count allows.
        var arrived = Channel.CreateUnbounded<HeldMessage>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The client uses the body's memory again.
            arrived.Writer.TryWrite(new HeldMessage(delivery.DeliveryTag, delivery.BasicProperties, delivery.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, MostHeld, global: false, link.Token);
        await channel.BasicConsumeAsync(name, autoAck: false, consumer, link.Token);
        _held = true;
        for (var read = 0L; read < waiting && await NextAsync(arrived.Reader) is { } next; read++) yield return next;
    }

    /// <summary>Sends the message to the exchange of the queue it came from; returns once the broker has it in that queue.</summary>
    /// <exception cref="PublishException">The broker refused it, or no queue is bound to the exchange.</exception>
    public async Task SendBackAsync(HeldMessage message, string exchange)
    {
        var properties = new BasicProperties(message.Properties) { Headers = DeadLetterReading.HeadersForReplay(message) };
        await channel.BasicPublishAsync(exchange, routingKey: "", mandatory: true, properties, message.Body, link.Token);
    }

    public async Task RemoveAsync(HeldMessage message)
    {
        await channel.BasicAckAsync(message.Tag, multiple: false, link.Token);
        _removed++;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        if (_held) await PutBackAsync();
        await link.DisposeAsync();
    }

    /// <summary>
    /// Waits until the queue counts what was put back: a quorum queue answers the close first, and whoever looks before would miss
    /// messages that wait. No longer than <see cref="Silence"/>: somebody else may have taken them.
    /// </summary>
    private async Task PutBackAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(link.Token);
        limit.CancelAfter(Silence);
        try
        {
            await using var counting = await link.Connection.CreateChannelAsync(cancellationToken: limit.Token);
            while ((await counting.QueueDeclarePassiveAsync(name, limit.Token)).MessageCount < waiting - _removed)
                await Task.Delay(BetweenCounts, limit.Token);
        }
        catch (Exception failure) when (BrokerLink.IsSilence(failure, CancellationToken.None))
        {
            // The broker puts them back when the connection ends; what the operation came to stands.
        }
    }

    private async Task<HeldMessage?> NextAsync(ChannelReader<HeldMessage> arrived)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(link.Token);
        limit.CancelAfter(Silence);
        try
        {
            return await arrived.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!link.Token.IsCancellationRequested)
        {
            // Silence: what was read is all there is for now.
            return null;
        }
    }
}
