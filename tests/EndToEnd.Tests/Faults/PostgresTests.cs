using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;
using Xunit.Abstractions;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>The database dies, or somebody else's transaction is in the way.</summary>
[Collection(OnFaultyMesh.Name)]
public sealed class PostgresTests(FaultyMesh run, ITestOutputHelper output) : FaultTest(run, output)
{
    private Uri Intake => Run.Mesh.Address(MeshService.RatingIntake);

    [Fact]
    public Task While_the_database_is_dead_clients_are_told_to_wait_and_nothing_acknowledged_is_lost() => UnderLoadAsync(async load =>
    {
        var busy = load.Busy;
        await Run.Mesh.Servers.Postgres.KillAsync();
        await WaitUntilAsync(() => load.Busy > busy + 10, "clients are told to wait");
        Assert.Equal(503, await StatusAsync(Intake, "health/ready"));
        Assert.Equal(200, await StatusAsync(Intake, "health/live"));
        await Run.Mesh.Servers.Postgres.StartAsync();
        await WaitUntilAsync(async () => await StatusAsync(Intake, "health/ready") == 200, "intake is ready again");
    });

    [Fact]
    [Trait("Length", "Long")]
    public Task Sequence_numbers_of_rolled_back_appends_leave_no_gap_in_the_ledger() => UnderLoadAsync(async load =>
    {
        await using var database = await Run.DatabaseAsync(MeshService.RatingIntake);
        for (var i = 0; i < 20; i++)
        {
            await using var append = await database.BeginTransactionAsync();
            await ExecuteAsync(database, "select nextval('intake.mt_events_sequence')");
            await load.WaitForMoreAsync(3);
            await append.RollbackAsync();
        }
    });

    [Fact]
    public Task An_open_transaction_that_took_a_sequence_number_holds_the_ledger_up_for_a_bounded_time() => UnderLoadAsync(async load =>
    {
        await using var database = await Run.DatabaseAsync(MeshService.RatingIntake);
        await using var append = await database.BeginTransactionAsync();
        await ExecuteAsync(database, "select nextval('intake.mt_events_sequence')");
        await load.WaitForMoreAsync(20);
        var size = load.Acknowledged.Count;
        await WaitUntilAsync(async () => await SizeAsync(load) > size, "the ledger goes on while the transaction is open");
        await append.RollbackAsync();
    });

    [Fact]
    [Trait("Length", "Long")]
    public Task A_lock_on_the_study_makes_clients_wait_but_not_for_ever() => UnderLoadAsync(async load =>
    {
        await using var database = await Run.DatabaseAsync(MeshService.RatingIntake);
        await using (var holding = await database.BeginTransactionAsync())
        {
            await ExecuteAsync(database, $"select 1 from intake.mt_streams where id = 'study/{load.Study}' for update");
            var busy = load.Busy;
            await WaitUntilAsync(() => load.Busy > busy, "clients are told to wait");
            await holding.RollbackAsync();
        }
    });

    private async Task<long> SizeAsync(Workload load) =>
        (await MeshRun.TryGetAsync<TreeHead>(Run.Intake(), $"ledger/{load.Study}"))?.Size ?? 0;

    private static async Task ExecuteAsync(NpgsqlConnection database, string statement)
    {
        await using var command = new NpgsqlCommand(statement, database);
        await command.ExecuteNonQueryAsync();
    }
}
