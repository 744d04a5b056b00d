using System.Text;
using AlignmentMesh.Ledger;
using Npgsql;

namespace AlignmentMesh.CheckpointSigning.Service.Tests;

/// <summary>
/// What the strongest keeper of the database could do: entries changed, and every stored hash made to fit them, so that the
/// ledger is of one piece again.
/// </summary>
internal static class ForgedLedger
{
    public static async Task RewriteAsync(NpgsqlConnection database, string study, Func<List<string>, List<string>> forge)
    {
        var leaves = forge(await LeavesAsync(database, study));
        // At once, as the signer looks on: what is half done it would refuse for another reason.
        await using var transaction = await database.BeginTransactionAsync();
        var range = new CompactRange();
        for (var index = 0; index < leaves.Count; index++)
        {
            var leaf = Encoding.UTF8.GetBytes(leaves[index]);
            await RunAsync(
                database,
                // An entry that is inserted has the rest of another row; its event's id is what its leaf says.
                """
                insert into intake.ledger(study, idx, event_id, seq, type, round, blind, leaf, nodes, salt, envelope)
                select study, $2, gen_random_uuid(), seq, type, round, blind, $3, $4, salt, envelope from intake.ledger
                where study = $1 and idx = 0
                on conflict (study, idx) do update set leaf = excluded.leaf, nodes = excluded.nodes
                """,
                study, (long)index, leaf, range.Append(Merkle.LeafHash(leaf)));
        }

        await RunAsync(database, "delete from intake.ledger where study = $1 and idx >= $2", study, (long)leaves.Count);
        await RunAsync(database, "update intake.ledger_head set size = $2 where study = $1", study, (long)leaves.Count);
        await transaction.CommitAsync();
    }

    public static async Task RunAsync(NpgsqlConnection database, string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, database);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The leaf of another rating, at the same time by the same event.</summary>
    public static string Another(string leaf)
    {
        var read = Leaf.Parse(Encoding.UTF8.GetBytes(leaf));
        var flipped = (read.Commitment[0] == '0' ? '1' : '0') + read.Commitment[1..];
        return Encoding.UTF8.GetString((read with { Commitment = flipped }).ToBytes());
    }

    private static async Task<List<string>> LeavesAsync(NpgsqlConnection database, string study)
    {
        await using var command = new NpgsqlCommand("select leaf from intake.ledger where study = $1 order by idx", database);
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        await using var rows = await command.ExecuteReaderAsync();
        var leaves = new List<string>();
        while (await rows.ReadAsync()) leaves.Add(Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(0)));
        return leaves;
    }
}
