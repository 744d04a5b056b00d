using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Proofs as the services answer them, verified here.</summary>
internal static class Proofs
{
    /// <summary>The ledger at the larger size begins with the one at the smaller.</summary>
    public static bool Holds(ConsistencyProof proof) =>
        Hashes([proof.FromRoot, proof.ToRoot, .. proof.Hashes]) is [var from, var to, .. var hashes]
        && (proof.From == 0
            ? hashes.Count == 0 && from.AsSpan().SequenceEqual(Merkle.EmptyRoot)
            : MerkleProof.VerifyConsistency(proof.From, from, proof.To, to, hashes));

    /// <summary>The leaf is in the ledger of that size and root.</summary>
    public static bool Holds(InclusionProof proof) =>
        Hashes([proof.Root, .. proof.Hashes]) is [var root, .. var hashes]
        && MerkleProof.VerifyInclusion(
            Merkle.LeafHash(Encoding.UTF8.GetBytes(proof.Leaf)), proof.Index, proof.Size, hashes, root);

    /// <summary>What the entry says is what its leaf commits to, or is not known yet.</summary>
    public static bool Opens(LedgerEntry entry)
    {
        if (entry.Opening is not { } opening) return true;
        var commitment = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)).Commitment;
        return Convert.ToHexStringLower(
            Commitment.Of(Convert.FromBase64String(opening.Salt), Encoding.UTF8.GetBytes(opening.Envelope))) == commitment;
    }

    /// <summary>The text is the one that its hash commits to.</summary>
    public static bool Opens(ReleasedRationale text)
    {
        try
        {
            return Commitment.HashText(Convert.FromBase64String(text.Salt), text.Text) == text.Hash;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            // What is no salt opens nothing.
            return false;
        }
    }

    private static List<byte[]>? Hashes(IReadOnlyList<string> hex)
    {
        try
        {
            return [.. hex.Select(Convert.FromHexString)];
        }
        catch (FormatException)
        {
            // What is no hash proves nothing.
            return null;
        }
    }
}
