using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using MassTransit;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>A real PostgreSQL and RabbitMQ for the assembly, and a bus that publishes as matrix-aggregation does.</summary>
public sealed class RiskServers : IAsyncLifetime
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private IBusControl _bus = null!;
    private int _databases;
    private int _studies;

    public LocalServers Servers { get; private set; } = null!;

    public LocalKeys Keys { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Servers = await LocalServers.StartAsync(_directory);
        Keys = LocalKeys.In(_directory);
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(Servers.RabbitMqUri));
        await _bus.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _bus.StopAsync();
        await Servers.DisposeAsync();
        _directory.Delete();
    }

    public Task<string> DatabaseAsync() => Servers.CreateDatabaseAsync($"risk_{Interlocked.Increment(ref _databases)}");

    /// <summary>A study of its own for each test.</summary>
    public string Study() => $"study-{Interlocked.Increment(ref _studies)}";

    public Task PublishAsync(ConsensusMatrix matrix) => _bus.Publish(new MatrixRevised(matrix.Study, matrix.Version, matrix));

    public Task PublishAsync(MatrixRevised message) => _bus.Publish(message);
}

[CollectionDefinition(Name)]
public sealed class OnRealServers : ICollectionFixture<RiskServers>
{
    public const string Name = "risk-scoring on real servers";
}
