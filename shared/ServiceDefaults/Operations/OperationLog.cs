using System.Globalization;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Npgsql;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>What a service tells the common operating endpoints about itself.</summary>
/// <param name="Schema">Schema of its tables.</param>
/// <param name="Queue">The queue it consumes, if it consumes any.</param>
public sealed record Operated(string Service, string Schema, string? Queue);

/// <summary>An operator's action, before it is taken.</summary>
/// <param name="Arguments">Ids, sizes and reasons; what is null was not given.</param>
public sealed record Operation(Caller Caller, string Action, bool DryRun, params (string Name, object? Value)[] Arguments);

/// <summary>
/// The operations log. A row is written before the action and completed after it, so that an action whose process was killed
/// is in the log too.
/// </summary>
public sealed class OperationLog(NpgsqlDataSource database, Operated operated, TimeProvider clock)
{
    private const int LongestOutcome = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _table = operated.Schema + ".operation_log";

    /// <summary>Takes the action between its two entries in the log.</summary>
    /// <param name="outcome">What came of it, in a few words.</param>
    public async Task<T> RunAsync<T>(Operation operation, Func<Task<T>> action, Func<T, string> outcome, CancellationToken token)
    {
        var id = await StartAsync(operation, token);
        try
        {
            var result = await action();
            await EndAsync(id, outcome(result));
            return result;
        }
        catch (Exception failure)
        {
            await EndAsync(id, failure is ProblemException ? "refused: " + failure.Message : "failed: " + failure.GetType().Name);
            throw;
        }
    }

    /// <summary>Entries before the one with the id, newest first.</summary>
    public async Task<IReadOnlyList<OperationRecord>> ReadAsync(Guid? before, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select id, at, issuer, subject, action, arguments, dry_run, outcome from {_table}
            where $1::uuid is null or id < $1 order by id desc limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = before as object ?? DBNull.Value, DataTypeName = "uuid" });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var records = new List<OperationRecord>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            records.Add(new OperationRecord(
                rows.GetGuid(0), InstantOf(rows.GetDateTime(1)), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                JsonSerializer.Deserialize<Dictionary<string, string>>(rows.GetString(5))!, rows.GetBoolean(6), rows.GetString(7)));
        return records;
    }

    private async Task<Guid> StartAsync(Operation operation, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var given = operation.Arguments.Where(argument => argument.Value is not null).ToDictionary(
            argument => argument.Name, argument => TextOf(argument.Value!));
        await using var command = database.CreateCommand(
            $"""
            insert into {_table} (id, at, issuer, subject, action, arguments, dry_run, outcome)
            values ($1, $2, $3, $4, $5, $6, $7, 'started')
            """);
        object[] values =
        [
            id, now.UtcDateTime, operation.Caller.Issuer, operation.Caller.Subject, operation.Action, JsonSerializer.Serialize(given),
            operation.DryRun,
        ];
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(token);
        return id;
    }

    /// <summary>Not by the request's token: who hangs up in the middle is recorded all the same.</summary>
    private async Task EndAsync(Guid id, string outcome)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        await using var command = database.CreateCommand($"update {_table} set outcome = $2 where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = outcome[..Math.Min(outcome.Length, LongestOutcome)] });
        await command.ExecuteNonQueryAsync(limit.Token);
    }

    private static string TextOf(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string InstantOf(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
