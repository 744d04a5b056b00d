using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class MerkleTests
{
    private static readonly Gen<byte[][]> Leaves = Gen.Byte.Array[0, 8].Array[0, 300];

    [Fact]
    public void The_tree_of_RFC_6962_has_its_published_leaf_hashes_nodes_and_roots()
    {
        var vectors = Vectors.Own("rfc6962-classic.json");
        var inputs = vectors.GetProperty("leaf_inputs").EnumerateArray()
            .Select(hex => Convert.FromHexString(hex.GetString()!)).ToArray();
        var roots = vectors.GetProperty("roots_by_size");
        var tree = new CompactRange();
        var rows = new List<byte[]>();
        Assert.Equal(roots.GetProperty("0").GetString(), Convert.ToHexStringLower(tree.Root()));
        foreach (var input in inputs)
        {
            rows.Add(tree.Append(Merkle.LeafHash(input)));
            Assert.Equal(roots.GetProperty($"{tree.Size}").GetString(), Convert.ToHexStringLower(tree.Root()));
        }

        var levels = vectors.GetProperty("node_hashes_by_level").EnumerateArray()
            .Select(level => level.EnumerateArray().ToArray()).ToArray();
        Assert.Equal([8, 4, 2, 1], levels.Select(level => level.Length));
        for (var level = 0; level < levels.Length; level++)
        {
            for (var index = 0; index < levels[level].Length; index++)
                Assert.Equal(levels[level][index].GetString(), Convert.ToHexStringLower(Stored(rows, new NodeAddress(level, index))));
        }
    }

    [Fact]
    public void One_number_checks_every_valid_subtree_of_every_tree_up_to_130_leaves()
    {
        var lines = new StringBuilder();
        for (var end = 0; end <= 130; end++)
        {
            for (var start = 0; start <= end; start++)
            {
                if (!IsSubtree(start, end))
                    continue;
                var tree = new CompactRange();
                for (var leaf = start; leaf < end; leaf++)
                    tree.Append(Merkle.LeafHash([(byte)leaf]));
                var root = Convert.ToHexStringLower(tree.Root());
                lines.Append(CultureInfo.InvariantCulture, $"[{start}, {end}) {root}\n");
            }
        }

        Assert.Equal(
            "b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines.ToString()))));
    }

    [Fact]
    public void The_root_is_what_the_RFC_says_for_any_leaves() =>
        Leaves.Sample(leaves => Grow(leaves).Tree.Root().AsSpan().SequenceEqual(Rfc6962.Mth(leaves)), iter: 60);

    [Fact]
    public void Every_complete_subtree_is_stored_where_its_address_says() =>
        Leaves.Sample(leaves =>
        {
            var rows = Grow(leaves).Rows;
            for (var level = 0; 1 << level <= leaves.Length; level++)
            {
                for (var index = 0; (index + 1) << level <= leaves.Length; index++)
                {
                    var expected = Rfc6962.Mth(leaves[(index << level)..((index + 1) << level)]);
                    Assert.Equal(expected, Stored(rows, new NodeAddress(level, index)));
                }
            }

            Assert.Equal(2 * leaves.Length - NodeAddress.Frontier(leaves.Length).Count, rows.Sum(row => row.Length / Merkle.HashSize));
        }, iter: 20);

    [Fact]
    public void The_frontier_covers_all_leaves_once_by_ever_smaller_complete_subtrees() =>
        Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue]).Sample(size =>
        {
            var next = 0L;
            var level = 63;
            foreach (var node in NodeAddress.Frontier(size))
            {
                Assert.Equal(next, node.Index << node.Level);
                Assert.True(node.Level < level);
                (next, level) = (node.Row + 1, node.Level);
            }

            Assert.Equal(size, next);
        });

    [Fact]
    public void A_tree_resumed_at_any_size_from_stored_nodes_goes_on_as_if_never_stopped() =>
        Gen.Select(Leaves, Gen.Int[0, 300]).Sample((leaves, cut) =>
        {
            var size = Math.Min(cut, leaves.Length);
            var (tree, rows) = Grow(leaves);
            var resumed = new CompactRange(size, [.. NodeAddress.Frontier(size).Select(node => Stored(rows, node))]);
            Assert.Equal(Rfc6962.Mth(leaves[..size]), resumed.Root());
            foreach (var row in Enumerable.Range(size, leaves.Length - size))
                Assert.Equal(rows[row], resumed.Append(Merkle.LeafHash(leaves[row])));
            Assert.Equal(tree.Root(), resumed.Root());
        }, iter: 40);

    [Fact]
    public void A_clone_grows_apart_from_its_original()
    {
        var (tree, _) = Grow([[1], [2], [3]]);
        var root = tree.Root();
        var clone = tree.Clone();
        clone.Append(Merkle.LeafHash([4]));
        Assert.Equal((3L, 4L), (tree.Size, clone.Size));
        Assert.Equal(root, tree.Root());
        Assert.Equal(Rfc6962.Mth([[1], [2], [3], [4]]), clone.Root());
    }

    [Fact]
    public void Hashes_of_a_wrong_length_or_number_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CompactRange(3, [new byte[32]]));
        Assert.Throws<ArgumentException>(() => new CompactRange(1, [new byte[31]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompactRange(-1, []));
        Assert.Throws<ArgumentException>(() => new CompactRange().Append(new byte[33]));
        Assert.Throws<ArgumentException>(() => Merkle.NodeHash(new byte[32], new byte[31]));
    }

    private static byte[] Stored(List<byte[]> rows, NodeAddress node) =>
        rows[(int)node.Row].AsSpan(node.Offset, Merkle.HashSize).ToArray();

    private static (CompactRange Tree, List<byte[]> Rows) Grow(byte[][] leaves)
    {
        var tree = new CompactRange();
        return (tree, [.. leaves.Select(leaf => tree.Append(Merkle.LeafHash(leaf)))]);
    }

    /// <summary>Merkle Tree Certificates: start is a multiple of the smallest power of two that is at least the length.</summary>
    private static bool IsSubtree(int start, int end) =>
        start % BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, end - start)) == 0;
}
