using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>An eavesdropper on the broker: a queue of its own on every exchange that carries contracts.</summary>
public sealed class BrokerTap : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly IConnection _connection;

    private BrokerTap(IConnection connection) => _connection = connection;

    public IReadOnlyCollection<string> Messages => _messages;

    public static async Task<BrokerTap> StartAsync(Uri broker, params string[] contracts)
    {
        var tap = new BrokerTap(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync());
        var channel = await tap._connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync(exclusive: true, autoDelete: true);
        foreach (var contract in contracts)
        {
            await channel.ExchangeDeclareAsync($"AlignmentMesh.Contracts:{contract}", ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, $"AlignmentMesh.Contracts:{contract}", "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            tap._messages.Enqueue(Encoding.UTF8.GetString(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return tap;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
