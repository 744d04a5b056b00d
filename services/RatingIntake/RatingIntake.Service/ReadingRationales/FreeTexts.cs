using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ReadingRationales;

/// <summary>
/// Reads free texts by the hashes that the ledger has of them. Callers take a hash from a released entry or from its author's own.
/// </summary>
internal sealed class FreeTexts(NpgsqlDataSource database)
{
    /// <summary>The texts that are not erased, in the order of their hashes.</summary>
    public async IAsyncEnumerable<ReleasedRationale> ReadAsync(
        IReadOnlyCollection<string> hashes, [EnumeratorCancellation] CancellationToken token)
    {
        if (hashes.Count == 0) yield break;
        await using var command = database.CreateCommand(
            $"""
            select h.hash, t.body, t.salt from unnest($1) with ordinality as h(hash, place)
            cross join lateral (select body, salt from {IntakeSchema.Name}.free_text where hash = h.hash limit 1) t order by h.place
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = hashes.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
            yield return new(rows.GetString(0), rows.GetString(1), Convert.ToBase64String(rows.GetFieldValue<byte[]>(2)));
    }

    /// <summary>Those of the hashes whose texts were erased, with the event that says why.</summary>
    public async Task<List<ErasedText>> ErasedAsync(IReadOnlyCollection<string> hashes, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select hash, event_id from {IntakeSchema.Name}.erased_text where hash = any($1) order by hash");
        command.Parameters.Add(new NpgsqlParameter { Value = hashes.ToArray() });
        var erased = new List<ErasedText>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) erased.Add(new ErasedText(rows.GetString(0), rows.GetGuid(1)));
        return erased;
    }
}
