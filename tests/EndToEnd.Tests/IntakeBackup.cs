using AlignmentMesh.Deploy.Local.Services;
using Npgsql;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>docs/operations/backup-and-restore.md, done: intake's database from a copy, the two derived ones empty.</summary>
internal sealed class IntakeBackup(MeshRun run)
{
    /// <summary>Stops everything, copies, and starts everything again.</summary>
    public async Task TakeAsync()
    {
        await StopAllAsync();
        var intake = await DatabaseAsync(MeshService.RatingIntake);
        await AdministerAsync($"create database {Copy(intake)} template {intake}");
        await StartAsync(MeshService.WithSigner);
    }

    /// <summary>Stops everything, puts the copy in place, and starts these services again.</summary>
    public async Task RestoreAsync(IReadOnlyList<MeshService> services)
    {
        await StopAllAsync();
        var intake = await DatabaseAsync(MeshService.RatingIntake);
        await AdministerAsync($"drop database {intake} with (force)");
        await AdministerAsync($"alter database {Copy(intake)} rename to {intake}");
        foreach (var derived in new[] { MeshService.MatrixAggregation, MeshService.RiskScoring })
        {
            var name = await DatabaseAsync(derived);
            var owner = new NpgsqlConnectionStringBuilder(await run.Mesh.Servers.CreateDatabaseAsync(derived.Database!)).Username;
            await AdministerAsync($"drop database {name} with (force)");
            await AdministerAsync($"create database {name} owner {owner}");
        }

        NpgsqlConnection.ClearAllPools();
        await StartAsync(services);
    }

    /// <summary>Runs a statement as a superuser whom no trigger stops, on intake's database.</summary>
    public async Task<int> TamperAsync(string statement, params object[] values)
    {
        var intake = new NpgsqlConnectionStringBuilder(run.Mesh.Servers.PostgresAdmin)
        {
            Database = await DatabaseAsync(MeshService.RatingIntake),
            Options = "-c session_replication_role=replica",
        };
        await using var connection = new NpgsqlConnection(intake.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    private async Task StopAllAsync()
    {
        foreach (var service in run.Mesh.Services.Reverse()) await service.Process.StopAsync();
    }

    private Task StartAsync(IReadOnlyList<MeshService> services) =>
        Task.WhenAll(services.Select(service => run.Mesh.Service(service).Process.StartAsync()));

    private static string Copy(string database) => database + "_backup";

    private async Task<string> DatabaseAsync(MeshService service) =>
        new NpgsqlConnectionStringBuilder(await run.Mesh.Servers.CreateDatabaseAsync(service.Database!)).Database!;

    private async Task AdministerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(run.Mesh.Servers.PostgresAdmin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
