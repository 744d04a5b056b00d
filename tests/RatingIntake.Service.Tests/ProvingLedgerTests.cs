using System.Net;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ProvingLedgerTests(IntakeMesh mesh)
{
    private const int Size = 11;

    private MeshClient Reader => mesh.As("", "");

    [Fact]
    public async Task Every_entry_is_proved_in_every_tree_that_has_it()
    {
        var study = await StudyAsync();
        for (var size = 1L; size <= Size; size++)
        {
            var root = (await Reader.GetAsync<TreeHead>($"ledger/{study}?size={size}")).Root;
            for (var index = 0L; index < size; index++)
            {
                var proof = await Reader.GetAsync<InclusionProof>($"ledger/{study}/proof/inclusion?index={index}&size={size}");
                var leafHash = Merkle.LeafHash(Encoding.UTF8.GetBytes(proof.Leaf));
                Assert.Equal(
                    (study, index, size, Convert.ToHexStringLower(leafHash), root),
                    (proof.Study, proof.Index, proof.Size, proof.LeafHash, proof.Root));
                Assert.True(MerkleProof.VerifyInclusion(leafHash, index, size, Bytes(proof.Hashes), Convert.FromHexString(root)));
                Assert.False(MerkleProof.VerifyInclusion(
                    Merkle.LeafHash([1]), index, size, Bytes(proof.Hashes), Convert.FromHexString(root)));
            }
        }
    }

    [Fact]
    public async Task Every_size_is_proved_to_be_the_beginning_of_every_later_one()
    {
        var study = await StudyAsync();
        for (var to = 1L; to <= Size; to++)
            for (var from = 1L; from <= to; from++)
            {
                var proof = await Reader.GetAsync<ConsistencyProof>($"ledger/{study}/proof/consistency?from={from}&to={to}");
                Assert.Equal((study, from, to), (proof.Study, proof.From, proof.To));
                Assert.Equal((await Reader.GetAsync<TreeHead>($"ledger/{study}?size={to}")).Root, proof.ToRoot);
                Assert.True(MerkleProof.VerifyConsistency(
                    from, Convert.FromHexString(proof.FromRoot), to, Convert.FromHexString(proof.ToRoot), Bytes(proof.Hashes)));
            }

        var all = await Reader.GetAsync<ConsistencyProof>($"ledger/{study}/proof/consistency?from=0");
        Assert.Equal((Convert.ToHexStringLower(Merkle.EmptyRoot), Size, 0), (all.FromRoot, all.To, all.Hashes.Count));
    }

    [Fact]
    public async Task A_receipt_is_proved_by_its_event()
    {
        var study = await StudyAsync();
        var receipt = await RateAsync(study, 0.77m);
        await Reader.WaitForSizeAsync(study, Size + 1);
        var proof = await Reader.GetAsync<InclusionProof>($"ledger/{study}/proof/inclusion?event={receipt.EventId}");
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(proof.Leaf));
        Assert.Equal(
            (Size, Size + 1, receipt.EventId!.Value, receipt.Commitment), (proof.Index, proof.Size, leaf.EventId, leaf.Commitment));
    }

    [Theory]
    [InlineData("inclusion?index=11", "index", "0..10, below the size")]
    [InlineData("inclusion?index=-1", "index", "0..10, below the size")]
    [InlineData("inclusion?index=4&size=4", "index", "0..3, below the size")]
    [InlineData("inclusion?index=4&size=12", "size", "1..11, the ledger's size now")]
    [InlineData("inclusion?index=0&size=0", "size", "1..11, the ledger's size now")]
    [InlineData("inclusion?size=4", "index", "one of both")]
    [InlineData("consistency?from=5&to=4", "from", "0..4, at most 'to'")]
    [InlineData("consistency?from=-1&to=4", "from", "0..4, at most 'to'")]
    [InlineData("consistency?from=1&to=12", "to", "0..11, the ledger's size now")]
    public async Task What_cannot_be_proved_is_refused_with_what_can(string asked, string field, string allowed)
    {
        var study = await StudyAsync();
        using var answer = await Reader.RawAsync($"ledger/{study}/proof/{asked}");
        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"field\":\"{field}\"", problem, StringComparison.Ordinal);
        Assert.Contains($"\"allowed\":\"{allowed}\"", problem.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-study/proof/inclusion?index=0")]
    [InlineData("no-such-study/proof/consistency?from=0")]
    [InlineData("{study}/proof/inclusion?event=0199a7c0-5d1e-7c52-9b0e-3d8f6a1b2c4d")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var study = await StudyAsync();
        using var answer = await Reader.RawAsync("ledger/" + path.Replace("{study}", study, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>The study is opened, an organisation admitted, a round opened, and eight ratings given.</summary>
    private async Task<string> StudyAsync()
    {
        var study = await mesh.StudyAsync();
        for (var n = 0; n < Size - 3; n++) await RateAsync(study, n / 10m);
        await Reader.WaitForSizeAsync(study, Size);
        return study;
    }

    private Task<RatingsReceipt> RateAsync(string study, decimal best) => mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
        $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best)]));

    private static List<byte[]> Bytes(IReadOnlyList<string> hashes) => [.. hashes.Select(Convert.FromHexString)];
}
