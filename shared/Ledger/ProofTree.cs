namespace AlignmentMesh.Ledger;

/// <summary>
/// A growing RFC 6962 tree that keeps the hashes of all its complete subtrees and so proves any leaf and any prefix, in time
/// logarithmic in its size. About 64 bytes a leaf. Not safe for use by several threads at once.
/// </summary>
public sealed class ProofTree
{
    private readonly CompactRange _range = new();
    private readonly List<byte[]> _rows = [];

    /// <summary>How many leaves.</summary>
    public long Size => _range.Size;

    /// <exception cref="ArgumentException">The hash is not 32 bytes.</exception>
    public void Append(ReadOnlySpan<byte> leafHash) => _rows.Add(_range.Append(leafHash));

    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public byte[] Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? Merkle.EmptyRoot : new LeafRange(0, size).Root(Node);
    }

    public byte[] LeafHash(long index) => Node(new NodeAddress(0, index));

    /// <summary>The audit path of a leaf in the tree of the first <paramref name="size"/> leaves, lowest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public IReadOnlyList<byte[]> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return [.. MerkleProof.Inclusion(index, size).Select(range => range.Root(Node))];
    }

    /// <summary>That the tree of <paramref name="size"/> leaves begins with the one of <paramref name="oldSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="MerkleProof.Consistency"/>.</exception>
    public IReadOnlyList<byte[]> Consistency(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return [.. MerkleProof.Consistency(oldSize, size).Select(range => range.Root(Node))];
    }

    private byte[] Node(NodeAddress node) => _rows[(int)node.Row][node.Offset..(node.Offset + Merkle.HashSize)];
}
