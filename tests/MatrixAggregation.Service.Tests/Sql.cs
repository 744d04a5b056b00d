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
}
