using System.Data;
using Npgsql;

namespace AlignmentMesh.EventStore;

/// <summary>A database-wide lock held by one connection: of several processes, one at a time does a job.</summary>
public sealed class AdvisoryLock(NpgsqlDataSource database, long key) : IAsyncDisposable
{
    private NpgsqlConnection? _holder;

    /// <summary>True while this process holds the lock, having taken it now or before.</summary>
    /// <exception cref="NpgsqlException">The database cannot be asked; the lock is then not held.</exception>
    public async Task<bool> TryHoldAsync(CancellationToken token)
    {
        var connection = _holder ??= await database.OpenConnectionAsync(token);
        try
        {
            // Taking it again on the same connection is free, and shows that the connection still lives.
            await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection)
            { Parameters = { new() { Value = key } } };
            if (await take.ExecuteScalarAsync(token) is true) return true;
        }
        catch (NpgsqlException)
        {
            await DisposeAsync();
            throw;
        }

        await DisposeAsync();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        var connection = Interlocked.Exchange(ref _holder, null);
        if (connection is null) return;
        await using var _ = connection;
        if (connection.State != ConnectionState.Open) return;
        try
        {
            // A pooled connection keeps its session's locks until it is used again.
            await using var release = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            await release.ExecuteNonQueryAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // Lost, or still asking: then the session has to end with the lock.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
