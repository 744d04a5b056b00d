using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Checks a whole ledger as an auditor would, from the feed alone.</summary>
internal static class LedgerAudit
{
    /// <summary>Dense, in order, every opening what its leaf commits to, the root recomputed, the signature intake's.</summary>
    /// <exception cref="CommandException">Something does not hold.</exception>
    public static void Require(TreeHead head, IReadOnlyList<LedgerEntry> entries, ECDsa pageKey)
    {
        var range = new CompactRange();
        var before = "";
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            Require(entry.Index == index, $"entry {index} of {head.Study} bears the index {entry.Index}");
            var bytes = Encoding.UTF8.GetBytes(entry.Leaf);
            var leaf = Leaf.Parse(bytes);
            Require(string.CompareOrdinal(before, leaf.SequencedAt) <= 0,
                $"entry {index} of {head.Study} is earlier than the one before it");
            Require(entry.Opening is not null, $"entry {index} of {head.Study} has no opening though no blind round is open");
            var opened = Commitment.Of(Convert.FromBase64String(entry.Opening!.Salt), Encoding.UTF8.GetBytes(entry.Opening.Envelope));
            Require(Convert.ToHexStringLower(opened) == leaf.Commitment,
                $"entry {index} of {head.Study} says something else than it committed to");
            range.Append(Merkle.LeafHash(bytes));
            before = leaf.SequencedAt;
        }

        Require(range.Size == head.Size, $"{head.Study} has {range.Size} entries, its head says {head.Size}");
        Require(Convert.ToHexStringLower(range.Root()) == head.Root, $"the entries of {head.Study} do not have the root {head.Root}");
        Require(
            TreeHeadSignature.Verify(pageKey, head.Study, head.Size, head.Root, head.Signature),
                $"the head of {head.Study} is not signed by intake");
    }

    /// <summary>The matrix that follows from the ledger, computed here.</summary>
    public static ConsensusMatrix MatrixOf(TreeHead head, IReadOnlyList<LedgerEntry> entries) =>
        Consensus.Of(LedgerFold.On(MatrixState.Empty(head.Study), entries), head.Root).Matrix;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new CommandException(ExitCode.Failed, $"The ledger is not sound: {otherwise}.",
                "Report this to the operators of the mesh.");
    }
}
