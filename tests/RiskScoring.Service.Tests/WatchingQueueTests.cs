using AlignmentMesh.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class WatchingQueueTests(RiskServers servers) : IAsyncLifetime, IDisposable
{
    private const string Queue = ScoringRisk.MatrixRevisedConsumer.Queue;

    private readonly Measured _measured = new();
    private MatrixStub _matrix = null!;

    public async Task InitializeAsync() => _matrix = await MatrixStub.StartAsync();

    public async Task DisposeAsync() => await _matrix.DisposeAsync();

    public void Dispose() => _measured.Dispose();

    /// <summary>A queue of the test's own: the service's is shared by all hosts of this assembly.</summary>
    [Fact]
    public async Task A_deleted_queue_is_measured_and_stops_the_application_though_nobody_publishes()
    {
        const string watched = "watched-and-deleted";
        await using var connection = await new ConnectionFactory { Uri = servers.Servers.RabbitMqUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(watched, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicConsumeAsync(watched, autoAck: true, new AsyncEventingBasicConsumer(channel));
        await using var host = await RiskHost.StartAsync(servers, await servers.DatabaseAsync(), _matrix.Address, services =>
            services.AddSingleton(new Watched(watched, Losses: 2) { Period = TimeSpan.FromMilliseconds(200) }));
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await Eventually.IsTrueAsync("its consumer is seen", () => _measured.Now("queue.consumers", watched) == 1);
        Assert.Equal(0, _measured.Now("queue.missing", watched));
        await channel.QueueDeleteAsync(watched);
        await Eventually.IsTrueAsync("the application stops", () => stopping.IsCancellationRequested);
        Assert.True(_measured.Of("consumer.lost", watched) >= 2);
    }

    [Fact]
    public async Task The_age_of_a_scored_version_and_the_start_of_the_process_are_measured()
    {
        await using var host = await RiskHost.StartAsync(servers, await servers.DatabaseAsync(), _matrix.Address, services =>
            services.AddSingleton(new Watched(Queue) { Period = TimeSpan.FromMilliseconds(200) }));
        var study = servers.Study();
        await servers.PublishAsync(PaperMatrix.Of(study, 4));
        await host.WaitForVersionAsync(study, 4);
        await Eventually.IsTrueAsync("its age is recorded", () => _measured.Recorded("rating.risk.lag") > 0);
        Assert.True(_measured.Recorded("risk.scoring.duration") > 0);
        await Eventually.IsTrueAsync("the broker is seen", () => _measured.Now("broker.reachable") == 1);
        Assert.InRange(_measured.Now("service.start.time"), 1e9, 1e10);
    }

    [Fact]
    public async Task The_management_interface_is_asked_where_it_is_named()
    {
        await using var host = await RiskHost.StartAsync(servers, await servers.DatabaseAsync(), _matrix.Address);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:RabbitMq", servers.Servers.RabbitMqUri.AbsoluteUri),
            new("ConnectionStrings:RabbitMqManagement", servers.Servers.RabbitMqManagement?.AbsoluteUri),
        ]).Build();
        using var management = new BrokerManagement(configuration);
        var probe = new QueueProbe(configuration, management);
        await Eventually.IsTrueAsync("a queue that is not there is told to be missing", async () =>
            (await probe.AskAsync(["no-such-queue"], default))?["no-such-queue"] == QueueFinding.Missing);
        // The broker gathers the state of a new queue every few seconds.
        await Eventually.IsTrueAsync("the queue has a leader", async () =>
            (await probe.AskAsync([Queue], default))?[Queue] is { IsMissing: false, IsLeaderless: false });
    }
}
