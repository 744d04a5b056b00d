using AlignmentMesh.RatingIntake.Domain;
using Marten;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ErasingPersonalData;

/// <summary>What can be erased. The ledger has none of it: only hashes, and random ids of raters.</summary>
internal sealed class PersonalData(NpgsqlDataSource database)
{
    /// <summary>Organisation and rater of an event of the study; null when it is none of a rater's.</summary>
    public async Task<(string Organisation, string Rater)?> RaterOfAsync(string study, Guid eventId, CancellationToken token)
    {
        await using var command = database.CreateCommand($"select stream_id from {IntakeSchema.Name}.mt_events where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        return await command.ExecuteScalarAsync(token) is string stream && StreamKeys.RaterOf(stream) is { } rater
            && StreamKeys.StudyOf(stream) == study
                ? rater
                : null;
    }

    /// <summary>Hashes of the texts that are there, of one event or of all of a rater's.</summary>
    public async Task<List<string>> HashesAsync(string stream, Guid? eventId, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select distinct t.hash from {IntakeSchema.Name}.free_text t join {IntakeSchema.Name}.mt_events e on e.id = t.event_id
            where e.stream_id = $1 and ($2::uuid is null or e.id = $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = stream });
        command.Parameters.Add(new NpgsqlParameter { Value = eventId as object ?? DBNull.Value, DataTypeName = "uuid" });
        var hashes = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) hashes.Add(rows.GetString(0));
        return hashes;
    }

    /// <summary>Texts go with their salts: without them the hashes that stay in the ledger cannot be tried out.</summary>
    public static void QueueErasure(
        IDocumentOperations operations, string study, string organisation, IReadOnlyList<string> hashes, string? rater, Guid eventId)
    {
        operations.QueueSqlCommand($"delete from {IntakeSchema.Name}.free_text where hash = any(?)", [hashes.ToArray()]);
        operations.QueueSqlCommand(
            $"insert into {IntakeSchema.Name}.erased_text(hash, event_id) select h, ? from unnest(?::text[]) h on conflict do nothing",
            eventId, hashes.ToArray());
        if (rater is not null)
            operations.QueueSqlCommand(
                $"delete from {IntakeSchema.Name}.rater where study = ? and organisation = ? and rater = ?", study, organisation, rater);
    }
}
