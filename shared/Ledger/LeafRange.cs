namespace AlignmentMesh.Ledger;

/// <summary>
/// Leaves [<paramref name="Start"/>, <paramref name="End"/>) of a tree whose root a proof needs: a complete subtree, or the
/// incomplete one at the tree's right edge, whose root follows from the complete ones in it.
/// </summary>
/// <param name="Start">A multiple of the smallest power of two that is at least the length.</param>
/// <param name="End">Beyond the last leaf; greater than <paramref name="Start"/>.</param>
public readonly record struct LeafRange(long Start, long End)
{
    /// <summary>The complete subtrees that make it up, left to right.</summary>
    public IEnumerable<NodeAddress> Nodes
    {
        get
        {
            var start = Start;
            return NodeAddress.Frontier(End - Start).Select(node => new NodeAddress(node.Level, (start >> node.Level) + node.Index));
        }
    }

    /// <summary>The RFC 6962 root over these leaves.</summary>
    /// <param name="hash">The hash of a complete subtree.</param>
    public byte[] Root(Func<NodeAddress, byte[]> hash) =>
        Nodes.Select(hash).Reverse().Aggregate((right, left) => Merkle.NodeHash(left, right));
}
