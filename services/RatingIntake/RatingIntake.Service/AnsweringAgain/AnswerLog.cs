using System.Text.Json;
using AlignmentMesh.Contracts;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.AnsweringAgain;

/// <summary>An answer given before, under a key.</summary>
internal sealed record GivenAnswer(byte[] Fingerprint, string Body)
{
    public bool IsFor(IdempotencyKey key) => Fingerprint.AsSpan().SequenceEqual(key.Fingerprint);

    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, ContractJson.Options)!;
}

/// <summary>Keeps answers with what they answered for, in one transaction: a retry after a lost connection finds its answer.</summary>
internal sealed class AnswerLog(NpgsqlDataSource database)
{
    public async Task<Dictionary<(string Scope, string Key), GivenAnswer>> FindAsync(
        IReadOnlyCollection<IdempotencyKey> keys, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select a.scope, a.key, a.fingerprint, a.body from {IntakeSchema.Name}.answer a
            join unnest($1::text[], $2::text[]) as asked(scope, key) on a.scope = asked.scope and a.key = asked.key
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Scope).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.Key).ToArray() });
        var found = new Dictionary<(string, string), GivenAnswer>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            found[(rows.GetString(0), rows.GetString(1))] = new GivenAnswer(rows.GetFieldValue<byte[]>(2), rows.GetString(3));
        return found;
    }

    public static void Queue<T>(IDocumentOperations operations, IdempotencyKey key, T answer, DateTimeOffset now) =>
        Queue(operations, [(key, answer)], now);

    /// <summary>All answers of a transaction in one statement.</summary>
    public static void Queue<T>(
        IDocumentOperations operations, IReadOnlyCollection<(IdempotencyKey Key, T Answer)> answers, DateTimeOffset now) =>
        operations.QueueSqlCommand(
            $"""
            insert into {IntakeSchema.Name}.answer(scope, key, fingerprint, body, answered_at)
            select a.*, ? from unnest(?::text[], ?::text[], ?::bytea[], ?::text[]) a
            """,
            now,
            answers.Select(answer => answer.Key.Scope).ToArray(),
            answers.Select(answer => answer.Key.Key).ToArray(),
            answers.Select(answer => answer.Key.Fingerprint).ToArray(),
            answers.Select(answer => JsonSerializer.Serialize(answer.Answer, ContractJson.Options)).ToArray());
}
