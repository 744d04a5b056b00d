using System.Security.Cryptography;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>Databases on one PostgreSQL server, each with an owner of its own who is no superuser and sees no other database.</summary>
internal sealed class Databases(NpgsqlConnectionStringBuilder admin, DataDirectory directory)
{
    private readonly List<string> _created = [];
    // On a server that several test runs share the names must differ.
    private readonly string _suffix = directory.IsTemporary ? "_" + RandomNumberGenerator.GetHexString(8, lowercase: true) : "";

    public async Task<string> CreateAsync(string name, CancellationToken ct)
    {
        if (name.Length is 0 or > 50 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            throw new ArgumentException($"A database name has 1 to 50 letters a-z, digits or _; got '{name}'.", nameof(name));
        var full = name + _suffix;
        var password = PrivateFiles.Password(Path.Combine(directory.Secrets, full + ".password"));
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync(ct);
        var role = await ExistsAsync(connection, "select 1 from pg_roles where rolname = $1", full, ct) ? "alter" : "create";
        await RunAsync(connection, $"{role} role {full} login nosuperuser nocreatedb nocreaterole password '{password}'", ct);
        if (!await ExistsAsync(connection, "select 1 from pg_database where datname = $1", full, ct))
            await RunAsync(connection, $"create database {full} owner {full}", ct);
        await RunAsync(connection, $"revoke connect on database {full} from public", ct);
        lock (_created)
            _created.Add(full);
        return ConnectionString(full, password);
    }

    /// <summary>Removes what was created, for a server that outlives this directory.</summary>
    public async Task DropAsync()
    {
        if (_created.Count == 0)
            return;
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        foreach (var name in _created)
        {
            await RunAsync(connection, $"drop database if exists {name} with (force)", default);
            await RunAsync(connection, $"drop role if exists {name}", default);
        }
    }

    private string ConnectionString(string name, string password) => new NpgsqlConnectionStringBuilder(admin.ConnectionString)
    {
        Database = name,
        Username = name,
        Password = password,
        ApplicationName = name,
        Pooling = true,
        MaxPoolSize = 40,
        Timeout = 15,
        // PostgreSQL notices a dead client while it waits, so that the lock of a killed process is free within a second.
        Options = "-c client_connection_check_interval=500",
    }.ConnectionString;

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string question, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(question, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        // Names are checked above and passwords are letters and digits: DDL takes no parameters.
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
