using AlignmentMesh.Deploy.Local.Services;
using Npgsql;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>A process stands still (SIGSTOP) for longer than any limit of those that wait for it, and then goes on.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class FrozenTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(14);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_frozen_intake_leaves_no_transaction_open_and_goes_on() => UnderLoadAsync(async _ =>
    {
        await using var database = await Run.DatabaseAsync(MeshService.RatingIntake);
        var id = Run.Mesh.Service(MeshService.RatingIntake).Process.ProcessId!.Value;
        Signals.Freeze(id);
        try
        {
            await WaitForAsync(Frozen);
            Assert.Equal(0, await IdleAsync(database));
        }
        finally
        {
            Signals.Thaw(id);
        }
    });

    [Theory]
    [InlineData("matrix-aggregation")]
    [InlineData("risk-scoring")]
    [Trait("Length", "Long")]
    public async Task A_frozen_service_behind_intake_catches_up(string name)
    {
        var load = await UnderLoadAsync(async _ =>
        {
            var id = Run.Mesh.Service(MeshService.Pipeline.Single(each => each.Name == name)).Process.ProcessId!.Value;
            Signals.Freeze(id);
            try
            {
                await WaitForAsync(Frozen);
            }
            finally
            {
                Signals.Thaw(id);
            }
        });
        AssertUnnoticed(load);
    }

    [Fact]
    [Trait("Length", "Long")]
    public Task A_frozen_broker_holds_nobody_up_but_messages() => UnderLoadAsync(async load =>
    {
        var id = Run.Mesh.Servers.RabbitMq.ProcessId!.Value;
        Signals.FreezeGroup(id);
        try
        {
            await load.WaitForMoreAsync(50);
            await WaitForAsync(Frozen);
        }
        finally
        {
            Signals.ThawGroup(id);
        }
    });

    /// <summary>Transactions that nobody works on, older than the services allow theirs to be.</summary>
    private static async Task<long> IdleAsync(NpgsqlConnection database)
    {
        await using var count = new NpgsqlCommand(
            """
            select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
              and state_change < now() - interval '11 seconds'
            """, database);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static Task WaitForAsync(TimeSpan time) => Task.Delay(time);
}
