using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class ProofTreeTests
{
    [Fact]
    public void It_proves_every_leaf_and_every_prefix_of_itself() =>
        Gen.Byte.Array[0, 4].Array[1, 40].Sample(leaves =>
        {
            var tree = new ProofTree();
            foreach (var leaf in leaves) tree.Append(Merkle.LeafHash(leaf));
            for (var size = 1; size <= leaves.Length; size++)
            {
                var root = tree.Root(size);
                Assert.Equal(Rfc6962.Mth(leaves[..size]), root);
                var index = (size * 7) % size;
                Assert.True(MerkleProof.VerifyInclusion(tree.LeafHash(index), index, size, tree.Inclusion(index, size), root));
                Assert.True(MerkleProof.VerifyConsistency(
                    size, root, leaves.Length, tree.Root(leaves.Length), tree.Consistency(size, leaves.Length)));
            }

            Assert.Equal(Merkle.EmptyRoot, tree.Root(0));
            Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(leaves.Length + 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => tree.Inclusion(leaves.Length, leaves.Length));
        });

    [Fact]
    public void A_sample_is_the_same_for_everybody_and_another_for_another_root_or_seed()
    {
        var root = SHA256.HashData("root"u8);
        var drawn = LedgerSample.Draw(root, "auditor 2026", 1000, 50);
        Assert.Equal(drawn, LedgerSample.Draw(root, "auditor 2026", 1000, 50));
        Assert.Equal(drawn.Take(20), LedgerSample.Draw(root, "auditor 2026", 1000, 20));
        Assert.NotEqual(drawn, LedgerSample.Draw(SHA256.HashData("other"u8), "auditor 2026", 1000, 50));
        Assert.NotEqual(drawn, LedgerSample.Draw(root, "auditor 2027", 1000, 50));
        Assert.Equal(50, drawn.Distinct().Count());
        // The first index, as the documented formula gives it.
        var first = HMACSHA256.HashData(root, Encoding.UTF8.GetBytes("alignmentmesh sample\nauditor 2026\n0"));
        Assert.Equal(Convert.ToUInt64(Convert.ToHexString(first[..8]), 16) % 1000, (ulong)drawn[0]);
    }

    [Fact]
    public void A_sample_of_everything_is_every_entry_once() => Gen.Select(Gen.Int[1, 200], Gen.String).Sample((size, seed) =>
        Assert.Equal(Enumerable.Range(0, size).Select(at => (long)at), LedgerSample.Draw(new byte[32], seed, size, size + 5).Order()));

    [Fact]
    public void Every_entry_is_as_likely_as_any_other()
    {
        // 20,000 draws of one of 20: 1,000 expected each, standard deviation 31; five of them are 155.
        var counts = new int[20];
        for (var seed = 0; seed < 20_000; seed++) counts[LedgerSample.Draw(new byte[32], $"{seed}", 20, 1)[0]]++;
        Assert.All(counts, count => Assert.InRange(count, 845, 1155));
    }
}
