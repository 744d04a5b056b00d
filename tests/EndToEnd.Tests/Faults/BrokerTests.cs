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
            await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 240);
        });
        AssertUnnoticed(load);
    }

    [Fact]
    [Trait("Length", "Long")]
    public Task A_broker_that_lost_all_its_data_gets_its_queues_and_consumers_again() => UnderLoadAsync(async load =>
    {
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        Wipe();
        await load.WaitForMoreAsync(50);
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 240);
    });

    /// <summary>The log of a quorum queue that was declared a moment before the kill may not be on disk yet.</summary>
    [Fact]
    [Trait("Length", "Long")]
    public Task A_broker_killed_within_two_seconds_of_its_first_queues_is_consumed_again() => UnderLoadAsync(async load =>
    {
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        Wipe();
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await WaitUntilAsync(async () => await Broker.QueueAsync(Broker.MatrixQueue) is not null, "a queue is declared");
        await Run.Mesh.Servers.RabbitMq.KillAsync();
        await Run.Mesh.Servers.RabbitMq.StartAsync();
        await load.WaitForMoreAsync(50);
        await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 240);
    });

    [Fact]
    public async Task A_broker_whose_disk_is_full_blocks_publishers_and_no_client()
    {
        var load = await UnderLoadAsync(async load =>
        {
            await Broker.LimitFreeDiskAsync("10000000GB");
            try
            {
                await WaitUntilAsync(async () => await Broker.HasAlarmAsync() is true, "the alarm is on");
                await load.WaitForMoreAsync(100);
            }
            finally
            {
                await Broker.LimitFreeDiskAsync("50MB");
            }

            await WaitUntilAsync(async () => await Broker.HasAlarmAsync() is false, "the alarm is off");
            await WaitUntilAsync(Broker.IsConsumedAsync, "both queues are consumed", seconds: 240);
        });
        AssertUnnoticed(load);
    }

    private void Wipe()
    {
        foreach (var folder in Directory.EnumerateDirectories(Data)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Data)) File.Delete(file);
    }
}
