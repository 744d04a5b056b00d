using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>Two processes of each service: never two writers, and never none for long.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class TwoNodesTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    [Fact]
    public async Task A_sequencer_that_wakes_up_after_another_took_over_writes_nothing_twice()
    {
        var second = await Run.SecondAsync(MeshService.RatingIntake);
        var nodes = new[] { Run.Mesh.Service(MeshService.RatingIntake), second };
        await UnderLoadAsync(async load =>
        {
            await using var database = await Run.DatabaseAsync(MeshService.RatingIntake);
            var (leader, session) = await LeaderAsync(database);
            var frozen = nodes.Single(node => node.Name == leader);
            var other = nodes.Single(node => node != frozen);
            Signals.Freeze(frozen.Process.ProcessId!.Value);
            try
            {
                await load.WaitForMoreAsync(20);
                // A frozen leader's session lives; that it ends without its knowing is the worst case.
                await EndAsync(database, session);
                await WaitUntilAsync(async () => (await LeaderAsync(database)).Name == other.Name, "the other one takes over");
                var size = load.Acknowledged.Count;
                await load.WaitForMoreAsync(20);
                await WaitUntilAsync(
                    async () => (await MeshRun.TryGetAsync<TreeHead>(
                        Run.At(other.Address, TimeSpan.FromSeconds(5)), $"ledger/{load.Study}"))?.Size > size,
                    "the ledger grows again");
            }
            finally
            {
                Signals.Thaw(frozen.Process.ProcessId!.Value);
            }

            await load.WaitForMoreAsync(50);
        }, [.. nodes.Select(node => node.Address)]);
        await second.Process.StopAsync();
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Restarting_one_node_after_the_other_fails_no_client()
    {
        foreach (var service in MeshService.Pipeline) await Run.SecondAsync(service);
        var nodes = Run.Mesh.Services.Where(node => node.Process.ProcessId is not null).ToArray();
        Assert.Equal(2 * MeshService.Pipeline.Count, nodes.Length);
        var intakes = nodes.Where(node => node.Service == MeshService.RatingIntake).Select(node => node.Address).ToArray();
        await UnderLoadAsync(async load =>
        {
            foreach (var node in nodes)
            {
                await node.Process.RestartAsync();
                await load.WaitForMoreAsync(5);
            }
        }, intakes);
        foreach (var second in nodes.Skip(MeshService.Pipeline.Count)) await second.Process.StopAsync();
    }

    /// <summary>Which instance holds the daemon's lock, and in which session. The publisher's lock has a class of its own.</summary>
    private static async Task<(string? Name, int Session)> LeaderAsync(NpgsqlConnection database)
    {
        await using var holder = new NpgsqlCommand(
            """
            select a.application_name, a.pid from pg_locks l join pg_stat_activity a using (pid)
            where l.locktype = 'advisory' and l.granted and l.classid = 0 and a.datname = current_database()
              and a.application_name like 'rating-intake%'
            """, database);
        await using var row = await holder.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetString(0), row.GetInt32(1)) : (null, 0);
    }

    private static async Task EndAsync(NpgsqlConnection database, int session)
    {
        await using var end = new NpgsqlCommand("select pg_terminate_backend($1)", database);
        end.Parameters.Add(new NpgsqlParameter { Value = session });
        await end.ExecuteNonQueryAsync();
    }
}
