using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.SequencingLedger;

/// <summary>A study's ledger where it ends: the tree's frontier and the last time given to an entry.</summary>
internal sealed record LedgerEnd(CompactRange Range, string SequencedAt);

/// <summary>
/// Ends of the ledgers that were extended lately. The database's size decides whether what is remembered still holds, so a
/// failed page, another process or a repair costs one more query and nothing else.
/// </summary>
internal sealed class LedgerEnds(NpgsqlDataSource database, LedgerReader reader)
{
    private const int Remembered = 1024;

    private readonly Dictionary<string, LedgerEnd> _ends = [];

    public async Task<IReadOnlyDictionary<string, LedgerEnd>> LoadAsync(IReadOnlyCollection<string> studies, CancellationToken token)
    {
        if (_ends.Count > Remembered) _ends.Clear();
        var heads = await HeadsAsync(studies, token);
        var ends = new Dictionary<string, LedgerEnd>();
        foreach (var study in studies)
        {
            var (size, at) = heads.GetValueOrDefault(study, (0, ""));
            var known = _ends.GetValueOrDefault(study);
            var range = known?.Range.Size == size ? known.Range : await reader.RangeAsync(study, size, token);
            ends[study] = new LedgerEnd(range.Clone(), at);
        }

        return ends;
    }

    /// <summary>Called after the rows were queued; if their commit fails, the sizes differ and the next page reloads.</summary>
    public void Remember(IReadOnlyDictionary<string, LedgerEnd> ends)
    {
        foreach (var (study, end) in ends) _ends[study] = end;
    }

    private async Task<Dictionary<string, (long Size, string At)>> HeadsAsync(IReadOnlyCollection<string> studies, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select study, size, sequenced_at from {IntakeSchema.Name}.ledger_head where study = any($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = studies.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(token);
        var heads = new Dictionary<string, (long, string)>();
        while (await rows.ReadAsync(token)) heads[rows.GetString(0)] = (rows.GetInt64(1), rows.GetString(2));
        return heads;
    }
}
