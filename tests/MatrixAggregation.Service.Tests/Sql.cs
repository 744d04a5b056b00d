using Npgsql;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>A look into the service's database, for what must or must not be stored.</summary>
internal static class Sql
{
    public static async Task<object?> ScalarAsync(string database, string question)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(question);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Nobody reads or writes the table until the answer is disposed of.</summary>
    public static async Task<NpgsqlConnection> LockAsync(string database, string table)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
