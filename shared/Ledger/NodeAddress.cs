using System.Numerics;

namespace AlignmentMesh.Ledger;

/// <summary>
/// A complete subtree: the leaves [Index * 2^Level, (Index + 1) * 2^Level). Complete subtrees never change, so each is stored
/// once, with the entry that completes it: entry i holds the hashes of all complete subtrees that end exactly at i, level 0
/// (the leaf hash) first.
/// </summary>
/// <param name="Level">Height above the leaves, 0..62.</param>
/// <param name="Index">Position within its level, from 0.</param>
public readonly record struct NodeAddress(int Level, long Index)
{
    /// <summary>Index of the entry that holds the hash: the last leaf of the subtree, ((Index + 1) * 2^Level) - 1.</summary>
    public long Row => ((Index + 1) << Level) - 1;

    /// <summary>Byte offset of the hash within that entry's nodes.</summary>
    public int Offset => Merkle.HashSize * Level;

    /// <summary>The fewest complete subtrees that cover the first <paramref name="size"/> leaves, largest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public static IReadOnlyList<NodeAddress> Frontier(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var frontier = new List<NodeAddress>(BitOperations.PopCount((ulong)size));
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 1)
                frontier.Add(new NodeAddress(level, (size >> level) - 1));
        }

        return frontier;
    }
}
