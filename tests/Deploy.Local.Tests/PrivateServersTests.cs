using AlignmentMesh.Deploy.Local;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Tests;

public sealed class PrivateServersTests
{
    [Fact]
    public async Task Data_written_before_postgresql_is_killed_is_there_after_it_starts_again()
    {
        await using var servers = await LocalServers.StartAsync(DataDirectory.CreateTemporary(), onlyPrivate: true);
        var database = await servers.CreateDatabaseAsync("kept");
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await new NpgsqlCommand("create table t as select 42 as x", connection).ExecuteNonQueryAsync();
        }

        await servers.Postgres.KillAsync();
        await servers.Postgres.StartAsync();

        NpgsqlConnection.ClearAllPools();
        await using var again = new NpgsqlConnection(database);
        await again.OpenAsync();
        Assert.Equal(42, await new NpgsqlCommand("select x from t", again).ExecuteScalarAsync());
    }
}
