using System.Numerics;

namespace AlignmentMesh.Ledger;

/// <summary>
/// Inclusion and consistency proofs of RFC 6962 section 2.1.1 and 2.1.2: which roots they consist of, and how they are
/// verified (RFC 9162 section 2.1.3.2 and 2.1.4.2). A proof has at most ceil(log2(size)) + 1 hashes of 32 bytes.
/// </summary>
public static class MerkleProof
{
    /// <summary>The subtrees whose roots prove that leaf <paramref name="index"/> is in the tree, lowest first: PATH(m, D[n]).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<LeafRange>();
        for (var (start, end) = (0L, size); end - start > 1;)
        {
            var middle = start + Split(end - start);
            path.Add(index < middle ? new LeafRange(middle, end) : new LeafRange(start, middle));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// The subtrees whose roots prove that the first <paramref name="oldSize"/> leaves are a prefix of the tree, lowest first:
    /// PROOF(m, D[n]). None when the sizes are equal.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is not 1 up to the size: every tree extends the empty one.</exception>
    public static IReadOnlyList<LeafRange> Consistency(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        var proof = new List<LeafRange>();
        var (start, end) = (0L, size);
        while (end != oldSize)
        {
            var middle = start + Split(end - start);
            proof.Add(oldSize <= middle ? new LeafRange(middle, end) : new LeafRange(start, middle));
            (start, end) = oldSize <= middle ? (start, middle) : (middle, end);
        }

        // The verifier knows the root of the old tree, not that of a part of it.
        if (start > 0) proof.Add(new LeafRange(start, end));
        proof.Reverse();
        return proof;
    }

    /// <summary>True only when a tree of this size and root has this leaf at this index.</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || leafHash.Length != Merkle.HashSize || !AreHashes(proof)) return false;
        var (node, last) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = Merkle.NodeHash(sibling, hash);
                Rise(ref node, ref last);
            }
            else
            {
                hash = Merkle.NodeHash(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>True only when the tree of <paramref name="size"/> leaves begins with the one of <paramref name="oldSize"/>.</summary>
    /// <param name="oldSize">At least 1: an old size of 0 proves nothing and is false.</param>
    public static bool VerifyConsistency(
        long oldSize, ReadOnlySpan<byte> oldRoot, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 1 || oldSize > size || !AreHashes(proof)) return false;
        if (oldSize == size) return proof.Count == 0 && oldRoot.SequenceEqual(root);
        var isComplete = BitOperations.IsPow2(oldSize);
        if (proof.Count == 0 || (isComplete && oldRoot.Length != Merkle.HashSize)) return false;
        var (node, last) = (oldSize - 1, size - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var first = isComplete ? oldRoot.ToArray() : proof[0];
        var (older, newer) = (first, first);
        foreach (var sibling in proof.Skip(isComplete ? 0 : 1))
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                older = Merkle.NodeHash(sibling, older);
                newer = Merkle.NodeHash(sibling, newer);
                Rise(ref node, ref last);
            }
            else
            {
                newer = Merkle.NodeHash(newer, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldRoot.SequenceEqual(older) && root.SequenceEqual(newer);
    }

    /// <summary>Up to where the node is a right child: at the right edge, levels without a sibling are skipped.</summary>
    private static void Rise(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
    }

    /// <summary>The largest power of two smaller than the length, which is at least 2.</summary>
    private static long Split(long length) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(length - 1)));

    private static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.All(hash => hash.Length == Merkle.HashSize);
}
