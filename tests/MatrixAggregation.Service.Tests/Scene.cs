using AlignmentMesh.Contracts;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using RabbitMQ.Client;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>One fake intake, one database, one broker, and as many processes of matrix-aggregation as the test starts.</summary>
internal sealed class Scene(Servers servers, FakeIntake intake, string database, Uri broker) : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly List<MatrixHost> _hosts = [];
    private IBusControl? _bus;

    public FakeIntake Intake => intake;

    public string Database => database;

    /// <summary>What was published, in order of arrival.</summary>
    public ConcurrentList<ConsumeContext<MatrixRevised>> Revisions { get; } = new();

    public async Task<MatrixHost> StartAsync(string? anotherDatabase = null)
    {
        var host = await MatrixHost.StartAsync(servers.Keys, intake.Address, anotherDatabase ?? database, broker);
        _hosts.Add(host);
        return host;
    }

    /// <summary>The parts of a process that was not started.</summary>
    public WebApplicationBuilder Builder() => MatrixHost.Builder(servers.Keys, intake.Address, database, broker);

    /// <summary>A study of forty entries, each with a version of its own, and a process that has folded it.</summary>
    public async Task<(StudyLedger Ledger, MatrixHost Host)> FortyVersionsAsync()
    {
        var ledger = intake.Study().Begun().RatedBy(36);
        intake.Show(ledger, 0);
        var host = await StartAsync();
        await FoldAsync(host, ledger, ledger.Pages(1));
        intake.ShowAll(ledger);
        return (ledger, host);
    }

    /// <summary>
    /// Publishes pages and waits until the ledger is folded. What overtook another page for longer than the fold waits is left to the
    /// feed; where that shows nothing, the pages come again, as after a rewind.
    /// </summary>
    public async Task FoldAsync(MatrixHost host, StudyLedger ledger, params IEnumerable<LedgerPage> pages)
    {
        long? published = null;
        await MatrixHost.WaitUntilAsync(
            async () =>
            {
                if (published is not { } before || TimeProvider.System.GetElapsedTime(before) > Again)
                {
                    await PublishAsync(pages);
                    published = TimeProvider.System.GetTimestamp();
                }

                return (await host.HeadAsync(ledger))?.Version >= ledger.Size;
            },
            () => $"version {ledger.Size} of {ledger.Study}");
    }

    public async Task PublishAsync(params IEnumerable<LedgerPage> pages)
    {
        var bus = await BusAsync();
        foreach (var page in pages) await bus.Publish(new LedgerExtended(page));
    }

    /// <summary>Puts a page among the errors, as if the consumer had failed on it.</summary>
    public async Task PublishToErrorQueueAsync(LedgerPage page)
    {
        var endpoint = await (await BusAsync()).GetSendEndpoint(new Uri($"exchange:{Wiring.Queue}_error"));
        await endpoint.Send(new LedgerExtended(page));
    }

    /// <summary>Does something on a channel to the broker, past MassTransit.</summary>
    public async Task OnBrokerAsync(Func<IChannel, Task> work)
    {
        var factory = new ConnectionFactory { Uri = broker };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }

    /// <summary>Collects every MatrixRevised from now on.</summary>
    public async Task ListenAsync() => await BusAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        if (_bus is not null) await _bus.StopAsync();
        await intake.DisposeAsync();
    }

    private async Task<IBusControl> BusAsync()
    {
        if (_bus is not null) return _bus;
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint("listener", endpoint => endpoint.Handler<MatrixRevised>(context =>
            {
                Revisions.Add(context);
                return Task.CompletedTask;
            }));
        });
        await _bus.StartAsync();
        return _bus;
    }
}

/// <summary>A list that one thread fills while another looks at it.</summary>
internal sealed class ConcurrentList<T>
{
    private readonly List<T> _items = [];

    public void Add(T item)
    {
        lock (_items) _items.Add(item);
    }

    public IReadOnlyList<T> All()
    {
        lock (_items) return [.. _items];
    }
}
