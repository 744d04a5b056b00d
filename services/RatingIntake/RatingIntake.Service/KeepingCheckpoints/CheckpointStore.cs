using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.KeepingCheckpoints;

/// <summary>
/// Keeps what the checkpoint signer signed. Intake holds no key that could make a checkpoint: who controls intake and its
/// database can withhold one, not forge it.
/// </summary>
internal sealed class CheckpointStore(NpgsqlDataSource database, LedgerReader ledger, NoteKeys keys)
{
    private const int MaxTries = 5;

    /// <summary>The note of a size, or the newest one; null when there is none.</summary>
    public async Task<string?> FindAsync(string study, long? size, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select note from {IntakeSchema.Name}.checkpoint where study = $1 and ($2::bigint is null or size = $2)
            order by epoch desc, size desc limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = size as object ?? DBNull.Value, DataTypeName = "bigint" });
        return (string?)await command.ExecuteScalarAsync(token);
    }

    /// <summary>Checkpoints behind a size, in order; a few more than the limit where epochs share the last size.</summary>
    public async Task<List<(int Epoch, long Size, string Note)>> ListAsync(string study, long after, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select epoch, size, note from {IntakeSchema.Name}.checkpoint
            where study = $1 and size > $2 order by size fetch first ($3) rows with ties
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var found = new List<(int, long, string)>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) found.Add((rows.GetInt32(0), rows.GetInt64(1), rows.GetString(2)));
        return found;
    }

    /// <summary>The newest epoch that was signed; 1 before any was.</summary>
    public async Task<int> EpochAsync(string study, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select coalesce(max(epoch), 1) from {IntakeSchema.Name}.checkpoint where study = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        return (int)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>Keeps a checkpoint, or the signatures that it brings beside those kept before. Returns the note as it is kept.</summary>
    /// <exception cref="ProblemException">It is not of this study, not signed by the signer, or not of this ledger.</exception>
    public async Task<string> KeepAsync(string study, SignedNote given, CancellationToken token)
    {
        var checkpoint = Parse(given.Text);
        var epoch = EpochOf(study, checkpoint.Origin);
        var signed = Verified(given, keys.Checkpoint(study, epoch), epoch);
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var stored = await StoredAsync(study, epoch, checkpoint.Size, token);
            if (stored is null) await RequireOfThisLedgerAsync(study, checkpoint, token);
            var kept = stored is null ? null : SignedNote.Parse(stored);
            if (kept is not null && kept.Text != given.Text)
                throw Refuse($"Another checkpoint of size {checkpoint.Size} is kept: keep both, they prove that the signer's key forked.");
            var merged = (kept is null ? signed : signed.Signatures.Aggregate(kept, (note, signature) => note.With(signature))).ToString();
            if (merged == stored || await PutAsync((study, epoch, checkpoint.Size), stored, merged, token)) return merged;
        }

        throw Refuse("Others add signatures to the same checkpoint; try again.");
    }

    /// <summary>Only signatures that verify are kept: the signer's, which must be there, and witnesses'.</summary>
    private SignedNote Verified(SignedNote given, NoteKey signer, int epoch)
    {
        try
        {
            if (!signer.HasSigned(given)) throw Refuse($"No signature of {signer.Name} (epoch {epoch}) is under it.");
            var by = keys.Witnesses.Where(witness => witness.HasSigned(given)).Prepend(signer).ToArray();
            return given with
            {
                Signatures = [.. given.Signatures.Where(one => by.Any(key => key.Name == one.Name && key.KeyId == one.KeyId))],
            };
        }
        catch (FormatException forged)
        {
            throw Refuse(forged.Message);
        }
    }

    private async Task RequireOfThisLedgerAsync(string study, Checkpoint checkpoint, CancellationToken token)
    {
        var size = await ledger.SizeAsync(study, token) ?? 0;
        if (checkpoint.Size > size) throw Refuse($"It is of {checkpoint.Size} entries; the ledger has {size}.");
        var root = (await ledger.RangeAsync(study, checkpoint.Size, token)).Root();
        if (!checkpoint.Root.Span.SequenceEqual(root))
            throw Refuse($"Its root is not that of the ledger's first {checkpoint.Size} entries.");
    }

    private int EpochOf(string study, string origin)
    {
        var last = origin.Split('/')[^1];
        var epoch = origin == keys.Checkpoint(study, 1).Name ? 1 : int.TryParse(last, out var number) ? number : 0;
        return epoch > 0 && origin == keys.Checkpoint(study, epoch).Name
            ? epoch
            : throw Refuse($"Its origin is '{origin}'; that of study '{study}' is '{keys.Checkpoint(study, 1).Name}'.");
    }

    private async Task<string?> StoredAsync(string study, int epoch, long size, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select note from {IntakeSchema.Name}.checkpoint where study = $1 and epoch = $2 and size = $3");
        foreach (var value in new object[] { study, epoch, size }) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (string?)await command.ExecuteScalarAsync(token);
    }

    /// <returns>False when another request came first.</returns>
    private async Task<bool> PutAsync((string Study, int Epoch, long Size) key, string? before, string note, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            before is null
                ? $"insert into {IntakeSchema.Name}.checkpoint(study, epoch, size, note) values ($1, $2, $3, $4) on conflict do nothing"
                : $"update {IntakeSchema.Name}.checkpoint set note = $4 where study = $1 and epoch = $2 and size = $3 and note = $5");
        foreach (var value in new object[] { key.Study, key.Epoch, key.Size, note })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        if (before is not null) command.Parameters.Add(new NpgsqlParameter { Value = before });
        return await command.ExecuteNonQueryAsync(token) == 1;
    }

    private static Checkpoint Parse(string text)
    {
        try
        {
            return Checkpoint.Parse(text);
        }
        catch (FormatException malformed)
        {
            throw Refuse(malformed.Message);
        }
    }

    private static ProblemException Refuse(string why) => new(IntakeProblems.CheckpointRefused, why);
}
