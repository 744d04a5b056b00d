using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class PromisingEntriesTests(IntakeMesh mesh)
{
    [Fact]
    public async Task Every_accepted_request_is_promised_its_entry_and_has_it_whatever_it_was_committed_with()
    {
        var study = await mesh.StudyAsync();
        var key = NoteKey.Parse((await mesh.As("", "").GetAsync<LedgerKeys>($"ledger/{study}/keys")).Receipt);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => mesh.As("lab-a", $"rater-{n}", "rater")
            .OkAsync<RatingsReceipt>($"studies/{study}/ratings", Rating(n / 100m))));
        Assert.All(receipts, receipt => Assert.Equal("alignmentmesh", Verify(key, receipt).Log));
        // Together in one transaction, together in one note.
        Assert.True(receipts.Select(receipt => receipt.Promise!.Note).Distinct().Count() < receipts.Length);
        await mesh.As("", "").WaitForSizeAsync(study, 43);
        foreach (var receipt in receipts)
        {
            var proof = await mesh.As("", "").GetAsync<InclusionProof>($"ledger/{study}/proof/inclusion?event={receipt.EventId}");
            var leaf = Leaf.Parse(System.Text.Encoding.UTF8.GetBytes(proof.Leaf));
            Assert.Equal(receipt.Commitment, leaf.Commitment);
            var promised = Verify(key, receipt);
            Assert.True(Timestamps.Parse(leaf.SequencedAt) - Timestamps.Parse(promised.AcceptedAt)
                < TimeSpan.FromSeconds(promised.MergeSeconds));
        }
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_receipt_and_one_that_changed_nothing_has_no_promise()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        var first = await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", Rating(0.4m), key: $"{study}-1");
        var again = await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", Rating(0.4m), key: $"{study}-1");
        Assert.Equal((first.EventId, first.Promise!.Note, first.Promise.Index), (again.EventId, again.Promise!.Note, again.Promise.Index));
        Assert.Null((await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", Rating(0.4m))).Promise);
        var withdrawn = await ann.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings:withdraw", new WithdrawRatingsRequest([new("RLHF", "COLL")]));
        Verify(NoteKey.Parse((await ann.GetAsync<LedgerKeys>($"ledger/{study}/keys")).Receipt), withdrawn);
    }

    private static Receipt Verify(NoteKey key, RatingsReceipt receipt) => Receipt.Verify(
        SignedNote.Parse(receipt.Promise!.Note), key, receipt.Promise.Index, [.. receipt.Promise.Hashes.Select(Convert.FromHexString)],
        receipt.Study, receipt.EventId!.Value, receipt.Commitment!);

    private static SubmitRatingsRequest Rating(decimal best) => new([new("RLHF", "COLL", Best: best)]);
}
