using AlignmentMesh.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignmentMesh.RiskScoring.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class PullingMatricesTests(RiskServers servers) : IAsyncLifetime, IDisposable
{
    private readonly Measured _measured = new();
    private MatrixStub _matrix = null!;
    private string _database = null!;

    public async Task InitializeAsync()
    {
        _database = await servers.DatabaseAsync();
        _matrix = await MatrixStub.StartAsync();
    }

    public async Task DisposeAsync() => await _matrix.DisposeAsync();

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task A_lost_message_heals_by_polling()
    {
        await using var host = await RiskHost.StartAsync(servers, _database, _matrix.Address);
        var study = servers.Study();
        _matrix.Publish(PaperMatrix.Of(study, 4));
        await host.WaitForVersionAsync(study, 4);
        Assert.Equal(1, _measured.Of("risk.pulled", study));
    }

    [Fact]
    public async Task A_fetched_matrix_that_is_not_what_it_says_is_refused_and_others_are_scored()
    {
        await using var host = await RiskHost.StartAsync(servers, _database, _matrix.Address);
        var (forged, sound) = (servers.Study(), servers.Study());
        _matrix.Publish(PaperMatrix.Of(forged, 4) with { Label = "altered" });
        _matrix.Publish(PaperMatrix.Of(sound, 4));
        await host.WaitForVersionAsync(sound, 4);
        await Eventually.IsTrueAsync("the forged one is refused", () => _measured.Of("risk.refused", forged) > 0);
        Assert.Empty(await host.VersionsAsync(forged));
    }

    [Fact]
    public async Task A_consumer_that_hangs_is_reported_and_the_application_stops_for_a_new_start()
    {
        await using var host = await RiskHost.StartAsync(servers, _database, _matrix.Address, services =>
            services.AddSingleton(new Watched(ScoringRisk.MatrixRevisedConsumer.Queue, Misses: 1, Hangs: 2)));
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var study = servers.Study();
        // Its endpoint ends without a word, as after a broker's death.
        await host.Services.GetRequiredService<IBusControl>().StopAsync();
        var version = 0;
        await Eventually.IsTrueAsync("the application stops", () =>
        {
            if (_measured.Of("risk.pulled", study) >= version) _matrix.Publish(PaperMatrix.Of(study, ++version));
            return stopping.IsCancellationRequested;
        });
        // Counted anew when the broker does not answer in between.
        Assert.True(_measured.Of("consumer.hung", ScoringRisk.MatrixRevisedConsumer.Queue) >= 2);
    }

    [Fact]
    public async Task While_the_broker_is_down_a_silent_consumer_is_degraded_and_not_stopped()
    {
        var stopped = new Stopped();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:RabbitMq", "amqp://user:password@127.0.0.1:1/")]).Build();
        using var watchdog = new ConsumerWatchdog(
            new Watched("nobody", Misses: 1, Hangs: 1), ProbeOf(configuration), stopped, NullLogger<ConsumerWatchdog>.Instance);
        for (var poll = 0; poll < 3; poll++) await watchdog.MissedAsync(default);
        Assert.False(stopped.IsAsked);
        Assert.Equal(HealthStatus.Degraded, (await watchdog.CheckHealthAsync(new HealthCheckContext())).Status);
        watchdog.Heard();
        Assert.Equal(HealthStatus.Healthy, (await watchdog.CheckHealthAsync(new HealthCheckContext())).Status);
    }

    [Fact]
    public async Task While_the_queue_is_consumed_a_silent_publisher_stops_nobody()
    {
        await using var host = await RiskHost.StartAsync(servers, _database, _matrix.Address);
        var stopped = new Stopped();
        using var watchdog = new ConsumerWatchdog(
            new Watched(ScoringRisk.MatrixRevisedConsumer.Queue, Misses: 1, Hangs: 1),
            ProbeOf(host.Services.GetRequiredService<IConfiguration>()), stopped, NullLogger<ConsumerWatchdog>.Instance);
        for (var poll = 0; poll < 3; poll++) await watchdog.MissedAsync(default);
        Assert.False(stopped.IsAsked);
        // The same question about a queue that is not there is answered the other way.
        using var missing = new ConsumerWatchdog(
            new Watched("no-such-queue", Misses: 1, Hangs: 1),
            ProbeOf(host.Services.GetRequiredService<IConfiguration>()), stopped, NullLogger<ConsumerWatchdog>.Instance);
        await Eventually.IsTrueAsync("the broker has answered", async () =>
        {
            await missing.MissedAsync(default);
            return stopped.IsAsked;
        });
    }

    private static QueueProbe ProbeOf(IConfiguration configuration) => new(configuration, new BrokerManagement(configuration));

    private sealed class Stopped : IHostApplicationLifetime
    {
        public bool IsAsked { get; private set; }

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => IsAsked = true;
    }
}
