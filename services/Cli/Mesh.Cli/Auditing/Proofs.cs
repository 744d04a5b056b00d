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
            Merkle.LeafHash(System.Text.Encoding.UTF8.GetBytes(proof.Leaf)), proof.Index, proof.Size, hashes, root);

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
