using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class MerkleProofTests
{
    private static readonly Gen<byte[][]> Leaves = Gen.Byte.Array[0, 4].Array[1, 70];

    [Fact]
    public void The_tree_of_RFC_6962_has_its_published_proofs()
    {
        var vectors = Vectors.Own("rfc6962-classic.json");
        var leaves = vectors.GetProperty("leaf_inputs").EnumerateArray().Select(hex => Convert.FromHexString(hex.GetString()!)).ToArray();
        var tree = new Grown(leaves);
        var (inclusions, consistencies) = (vectors.GetProperty("inclusion").EnumerateArray().ToArray(),
            vectors.GetProperty("consistency").EnumerateArray().ToArray());
        Assert.Equal((36, 36), (inclusions.Length, consistencies.Length));
        foreach (var each in inclusions)
        {
            var proof = tree.Prove(MerkleProof.Inclusion(each.GetProperty("index").GetInt64(), each.GetProperty("size").GetInt64()));
            Assert.Equal(Hex(each.GetProperty("proof")), proof.Select(Convert.ToHexStringLower));
        }

        foreach (var each in consistencies)
        {
            var proof = tree.Prove(MerkleProof.Consistency(each.GetProperty("size1").GetInt64(), each.GetProperty("size2").GetInt64()));
            Assert.Equal(Hex(each.GetProperty("proof")), proof.Select(Convert.ToHexStringLower));
        }
    }

    [Fact]
    public void Proofs_are_what_the_RFC_says_and_verify() =>
        Gen.Select(Leaves, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((leaves, first, second) =>
        {
            var size = 1 + (int)(first * (leaves.Length - 1));
            var (tree, smaller) = (new Grown(leaves), leaves[..size]);
            var index = (int)(second * (size - 1));
            var inclusion = tree.Prove(MerkleProof.Inclusion(index, size));
            Assert.Equal(Rfc6962.Path(index, smaller), inclusion);
            Assert.True(MerkleProof.VerifyInclusion(Merkle.LeafHash(leaves[index]), index, size, inclusion, Rfc6962.Mth(smaller)));

            var consistency = tree.Prove(MerkleProof.Consistency(size, leaves.Length));
            Assert.Equal(Rfc6962.Proof(size, leaves), consistency);
            Assert.True(MerkleProof.VerifyConsistency(
                size, Rfc6962.Mth(smaller), leaves.Length, Rfc6962.Mth(leaves), consistency));
        }, iter: 300);

    [Fact]
    public void A_proof_with_one_bit_changed_is_refused() =>
        Gen.Select(Leaves, Gen.UInt, Gen.UInt).Sample((leaves, pick, bit) =>
        {
            var size = (int)(1 + (pick % leaves.Length));
            var (tree, index) = (new Grown(leaves), (int)(bit % size));
            var (oldRoot, root) = (Rfc6962.Mth(leaves[..size]), Rfc6962.Mth(leaves));
            var inclusion = tree.Prove(MerkleProof.Inclusion(index, size));
            var leaf = Merkle.LeafHash(leaves[index]);
            foreach (var hash in (byte[][])[.. inclusion, leaf, oldRoot])
            {
                Flip(hash, bit);
                Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, inclusion, oldRoot));
                Flip(hash, bit);
            }

            var consistency = tree.Prove(MerkleProof.Consistency(size, leaves.Length));
            foreach (var hash in (byte[][])[.. consistency, oldRoot, root])
            {
                Flip(hash, bit);
                Assert.False(MerkleProof.VerifyConsistency(size, oldRoot, leaves.Length, root, consistency));
                Flip(hash, bit);
            }
        }, iter: 200);

    [SkippableFact]
    public void All_inclusion_probes_are_accepted_or_refused_as_published()
    {
        var cases = Vectors.ThirdParty("audit/merkle-inclusion-probes.json").GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(98, cases.Length);
        foreach (var each in cases)
        {
            var accepted = MerkleProof.VerifyInclusion(
                Bytes(each, "leafHash"), (long)each.GetProperty("leafIdx").GetUInt64(), (long)each.GetProperty("treeSize").GetUInt64(),
                Proof(each), Bytes(each, "root"));
            Assert.True(accepted != each.GetProperty("wantErr").GetBoolean(), each.GetProperty("file").GetString());
        }
    }

    [SkippableFact]
    public void All_consistency_probes_are_accepted_or_refused_as_published()
    {
        var cases = Vectors.ThirdParty("audit/merkle-consistency-probes.json").GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(98, cases.Length);
        foreach (var each in cases)
        {
            var accepted = MerkleProof.VerifyConsistency(
                each.GetProperty("size1").GetInt64(), Bytes(each, "root1"), each.GetProperty("size2").GetInt64(), Bytes(each, "root2"),
                Proof(each));
            Assert.True(accepted != each.GetProperty("wantErr").GetBoolean(), each.GetProperty("file").GetString());
        }
    }

    [Fact]
    public void The_largest_sizes_are_proved_by_few_hashes()
    {
        Assert.Equal(63, MerkleProof.Inclusion(0, long.MaxValue).Count);
        Assert.InRange(MerkleProof.Consistency(long.MaxValue / 3, long.MaxValue).Count, 1, 64);
    }

    [Fact]
    public void What_cannot_be_proved_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Inclusion(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Inclusion(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(4, 3));
    }

    private static void Flip(byte[] hash, uint bit) => hash[bit % Merkle.HashSize] ^= (byte)(1 << (int)(bit % 8));

    private static IEnumerable<string?> Hex(JsonElement hashes) => hashes.EnumerateArray().Select(hash => hash.GetString());

    private static byte[] Bytes(JsonElement each, string name) => each.GetProperty(name).GetBytesFromBase64();

    private static byte[][] Proof(JsonElement each) => each.GetProperty("proof") is { ValueKind: JsonValueKind.Array } hashes
        ? [.. hashes.EnumerateArray().Select(hash => hash.GetBytesFromBase64())]
        : [];

    /// <summary>A tree with its stored rows, from which proofs are made as a service makes them.</summary>
    private sealed class Grown
    {
        private readonly List<byte[]> _rows = [];

        public Grown(IEnumerable<byte[]> leaves)
        {
            var range = new CompactRange();
            _rows.AddRange(leaves.Select(leaf => range.Append(Merkle.LeafHash(leaf))));
        }

        public byte[][] Prove(IReadOnlyList<LeafRange> proof) => [.. proof.Select(range => range.Root(
            node => _rows[(int)node.Row].AsSpan(node.Offset, Merkle.HashSize).ToArray()))];
    }
}
