using AlignmentMesh.Deploy.Local.Services;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The broker dies. Intake accepts as if nothing were, and the numbers follow without messages.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class BrokerTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    private Broker Broker => new(Run.Mesh.Servers);

    private string Data => Path.Combine(Run.Directory.Root, "rabbitmq", "data");

    [Fact]
    public async Task A_settled_broker_killed_and_started_again_is_consumed_again()
    {
        var load = await UnderLoadAsync(async load =>
        {
            await Run.Mesh.Servers.RabbitMq.KillAsync();
            await load.WaitForMoreAsync(50);
            await Run.Mesh.Servers.RabbitMq.StartAsync();
            await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 120);
        });
        Assert.Equal((0, 0), (load.Busy, load.Broken));
    }

    [Fact]
    [Trait("Length", "Long")]
    public Task A_broker_that_lost_all_its_data_gets_its_queues_and_consumers_again() => UnderLoadAsync(async load =>
    {
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        Wipe();
        await load.WaitForMoreAsync(50);
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 120);
    });

    /// <summary>
    /// A quorum queue declared a moment before the kill may never be consumed again: then the numbers follow by polling alone,
    /// and the readiness answers of the services say so until an operator removes the queue.
    /// </summary>
    [Fact]
    [Trait("Length", "Long")]
    public Task A_broker_killed_within_two_seconds_of_its_first_queues_loses_nothing_and_is_reported() => UnderLoadAsync(async load =>
    {
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        Wipe();
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await WaitUntilAsync(async () => await Broker.QueueAsync(Broker.MatrixQueue) is not null, "a queue is declared");
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await load.WaitForMoreAsync(50);
        await WaitUntilAsync(
            async () => await Broker.IsConsumedAsync() || await IsReportedAsync(), "the queues are consumed, or that they are not is said",
            seconds: 180);
    });

    [Fact]
    public async Task A_broker_whose_disk_is_full_blocks_publishers_and_no_client()
    {
        var load = await UnderLoadAsync(async load =>
        {
            await Broker.LimitFreeDiskAsync("10000000GB");
            try
            {
                await WaitUntilAsync(Broker.HasAlarmAsync, "the alarm is on");
                await load.WaitForMoreAsync(100);
            }
            finally
            {
                await Broker.LimitFreeDiskAsync("50MB");
            }

            await WaitUntilAsync(async () => !await Broker.HasAlarmAsync(), "the alarm is off");
            await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 120);
        });
        Assert.Equal((0, 0), (load.Busy, load.Broken));
    }

    private async Task<bool> IsReportedAsync()
    {
        foreach (var service in new[] { MeshService.MatrixAggregation, MeshService.RiskScoring })
        {
            using var answer = await MeshRun.TryAnswerAsync(new Uri(Run.Mesh.Address(service), "health/ready"));
            if (answer is not null && (await answer.Content.ReadAsStringAsync()).Contains("brings no messages", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private void Wipe()
    {
        foreach (var folder in Directory.EnumerateDirectories(Data)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Data)) File.Delete(file);
    }
}
