using System.Numerics;

namespace AlignmentMesh.Ledger;

/// <summary>
/// A growing RFC 6962 tree that keeps only its frontier (<see cref="NodeAddress.Frontier"/>): appending and the root cost
/// O(log size), and size and frontier are all there is to store. Not safe for use by several threads at once.
/// </summary>
public sealed class CompactRange
{
    private readonly List<byte[]> _frontier = [];

    /// <summary>The tree without leaves.</summary>
    public CompactRange()
    {
    }

    /// <summary>The tree of <paramref name="size"/> leaves whose frontier has these hashes, largest subtree first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="ArgumentException">Not one 32-byte hash per one-bit of the size.</exception>
    public CompactRange(long size, IReadOnlyList<byte[]> frontier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var expected = BitOperations.PopCount((ulong)size);
        if (frontier.Count != expected || frontier.Any(hash => hash.Length != Merkle.HashSize))
        {
            throw new ArgumentException(
                $"A tree of {size} leaves has {expected} frontier hashes of {Merkle.HashSize} bytes; got {frontier.Count} hashes.",
                nameof(frontier));
        }

        Size = size;
        _frontier.AddRange(frontier.Select(hash => hash.ToArray()));
    }

    /// <summary>How many leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Hashes of the complete subtrees that cover the leaves, largest first: with the size all there is to store.</summary>
    public IReadOnlyList<byte[]> Frontier => [.. _frontier.Select(hash => hash.ToArray())];

    /// <summary>
    /// Adds a leaf. Returns the hashes of all complete subtrees that end at it, leaf hash first, to be stored with the entry
    /// (see <see cref="NodeAddress"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes.</exception>
    public byte[] Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != Merkle.HashSize)
            throw new ArgumentException($"The leaf hash has {leafHash.Length} bytes; allowed are {Merkle.HashSize}.", nameof(leafHash));
        var completed = BitOperations.TrailingZeroCount(~Size);
        var nodes = new byte[Merkle.HashSize * (1 + completed)];
        var node = leafHash.ToArray();
        node.CopyTo(nodes, 0);
        for (var level = 1; level <= completed; level++)
        {
            node = Merkle.NodeHash(_frontier[^1], node);
            _frontier.RemoveAt(_frontier.Count - 1);
            node.CopyTo(nodes, Merkle.HashSize * level);
        }

        _frontier.Add(node);
        Size++;
        return nodes;
    }

    /// <summary>The RFC 6962 root over all leaves so far.</summary>
    public byte[] Root()
    {
        if (Size == 0)
            return Merkle.EmptyRoot;
        var root = _frontier[^1];
        for (var at = _frontier.Count - 2; at >= 0; at--)
            root = Merkle.NodeHash(_frontier[at], root);
        return root.ToArray();
    }

    /// <summary>An independent copy.</summary>
    public CompactRange Clone() => new(Size, _frontier);
}
