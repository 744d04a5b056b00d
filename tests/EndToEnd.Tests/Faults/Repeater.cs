using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>Sends every message of a contract to a queue three more times, shuffled within a window.</summary>
internal sealed class Repeater : IAsyncDisposable
{
    private const int Window = 12;
    private const int Copies = 3;

    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly Random _random = new(20_250_923);
    private readonly List<(BasicProperties Properties, byte[] Body)> _waiting = [];
    private int _sent;

    private Repeater(IChannel channel, string queue) => (_channel, _queue) = (channel, queue);

    public int Sent => Volatile.Read(ref _sent);

    public static async Task<Repeater> StartAsync(IConnection connection, string contract, string queue)
    {
        var repeater = new Repeater(await connection.CreateChannelAsync(), queue);
        var tap = await repeater._channel.QueueDeclareAsync(exclusive: true, autoDelete: true);
        await repeater._channel.QueueBindAsync(tap.QueueName, $"AlignmentMesh.Contracts:{contract}", "");
        var consumer = new AsyncEventingBasicConsumer(repeater._channel);
        consumer.ReceivedAsync += (_, delivery) =>
            repeater.RepeatAsync(new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray());
        await repeater._channel.BasicConsumeAsync(tap.QueueName, autoAck: true, consumer);
        return repeater;
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    // One delivery at a time: the channel dispatches them so.
    private async Task RepeatAsync(BasicProperties properties, byte[] body)
    {
        for (var copy = 0; copy < Copies; copy++) _waiting.Add((properties, body));
        while (_waiting.Count > Window * Copies)
        {
            var at = _random.Next(_waiting.Count);
            await _channel.BasicPublishAsync("", _queue, mandatory: true, _waiting[at].Properties, _waiting[at].Body);
            _waiting.RemoveAt(at);
            Interlocked.Increment(ref _sent);
        }
    }
}
