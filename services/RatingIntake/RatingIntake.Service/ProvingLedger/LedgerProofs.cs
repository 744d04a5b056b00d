using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ProvingLedger;

/// <summary>Builds proofs from stored hashes: at most 2 * log2(size) rows are read for one, whatever the ledger's size.</summary>
internal sealed class LedgerProofs(NpgsqlDataSource database, LedgerReader ledger)
{
    /// <param name="index">Of an entry below the size.</param>
    public async Task<InclusionProof> InclusionAsync(string study, long index, long size, CancellationToken token)
    {
        var leaf = await LeafAsync(study, index, token);
        var (root, hashes) = await RootsAsync(study, new LeafRange(0, size), MerkleProof.Inclusion(index, size), token);
        return new InclusionProof(
            study, index, size, Encoding.UTF8.GetString(leaf), Convert.ToHexStringLower(Merkle.LeafHash(leaf)), root, hashes);
    }

    /// <param name="from">0 up to <paramref name="to"/>: every tree extends the empty one.</param>
    public async Task<ConsistencyProof> ConsistencyAsync(string study, long from, long to, CancellationToken token)
    {
        var fromRoot = Convert.ToHexStringLower((await ledger.RangeAsync(study, from, token)).Root());
        if (from == to) return new ConsistencyProof(study, from, to, fromRoot, fromRoot, []);
        var (root, hashes) = await RootsAsync(study, new LeafRange(0, to), from == 0 ? [] : MerkleProof.Consistency(from, to), token);
        return new ConsistencyProof(study, from, to, fromRoot, root, hashes);
    }

    /// <summary>Where the study's ledger has an event; null while it has no entry there.</summary>
    public async Task<long?> IndexOfAsync(string study, Guid eventId, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select idx from {IntakeSchema.Name}.ledger where event_id = $1 and study = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        return (long?)await command.ExecuteScalarAsync(token);
    }

    private async Task<byte[]> LeafAsync(string study, long index, CancellationToken token)
    {
        await using var command = database.CreateCommand($"select leaf from {IntakeSchema.Name}.ledger where study = $1 and idx = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = study });
        command.Parameters.Add(new NpgsqlParameter { Value = index });
        return (byte[]?)await command.ExecuteScalarAsync(token) ?? throw IntakeProblems.DamagedAt(study, index);
    }

    private async Task<(string Root, string[] Hashes)> RootsAsync(
        string study, LeafRange tree, IReadOnlyList<LeafRange> parts, CancellationToken token)
    {
        LeafRange[] all = [tree, .. parts];
        var nodes = await ledger.NodesAsync(study, [.. all.SelectMany(range => range.Nodes)], token);
        var roots = all.Select(range => Convert.ToHexStringLower(range.Root(node => nodes[node]))).ToArray();
        return (roots[0], roots[1..]);
    }
}
