using System.Security.Cryptography;
using AlignmentMesh.Ledger;
using CsCheck;
using static AlignmentMesh.CheckpointSigning.Domain.RefusalReason;

namespace AlignmentMesh.CheckpointSigning.Domain.Tests;

public sealed class SigningCheckpointsSpecs
{
    [Fact]
    public void Whatever_only_grows_is_signed_whatever_the_steps() => Gen.Int[0, 70].Array[1, 8].Sample(steps =>
    {
        var kept = KeptLedger.Nothing("s");
        foreach (var size in steps.Order())
        {
            var holds = Assert.IsType<Verdict.Holds>(Claim(kept, Tree(size)).Decide(kept));
            Assert.Equal((size, Root(Tree(size))), ((int)holds.After.Size, Hex(holds.After.Root)));
            kept = holds.After;
        }
    });

    [Fact]
    public void Any_entry_that_was_signed_and_is_another_now_is_refused() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 40], Gen.Int[0, 39]).Sample((signed, more, at) =>
        {
            var kept = KeptLedger.Nothing("s").With(Tree(signed));
            var forged = Tree(signed + more);
            forged[at % signed] = Leaf(1000);
            Assert.Equal(RootDiffers, Refusal(Claim(kept, forged).Decide(kept)));
        });

    [Fact]
    public void A_ledger_that_is_shorter_than_what_was_signed_is_refused_and_the_first_entry_that_is_gone_named()
    {
        var kept = KeptLedger.Nothing("s").With(Tree(7));
        var refused = Assert.IsType<Verdict.Refused>(Claim(kept, Tree(5)).Decide(kept));
        Assert.Equal((LedgerShrank, "7 entries were signed; the ledger now has 5: entry 5 is gone."), (refused.Reason, refused.What));
    }

    [Fact]
    public void Entries_that_are_counted_and_not_given_are_refused()
    {
        var (kept, tree) = (KeptLedger.Nothing("s").With(Tree(3)), Tree(6));
        Assert.Equal(EntriesMissing, Refusal((Claim(kept, tree) with { NewLeafHashes = tree[3..5] }).Decide(kept)));
    }

    [Fact]
    public void A_true_root_without_a_proof_that_holds_is_refused()
    {
        var (kept, tree) = (KeptLedger.Nothing("s").With(Tree(3)), Tree(6));
        var claim = Claim(kept, tree);
        Assert.Equal(ProofFails, Refusal((claim with { Proof = [] }).Decide(kept)));
        Assert.Equal(ProofFails, Refusal((claim with { Proof = [.. claim.Proof.Reverse()] }).Decide(kept)));
    }

    [Fact]
    public void The_same_size_with_another_root_is_refused()
    {
        var kept = KeptLedger.Nothing("s").With(Tree(4));
        Assert.Equal(RootDiffers, Refusal(new SignCheckpoint(4, Leaf(9), [], []).Decide(kept)));
        Assert.IsType<Verdict.Holds>(new SignCheckpoint(4, kept.Root, [], []).Decide(kept));
    }

    [Theory]
    [InlineData(9, 4)] // restored to entry 4, one announced, others after it
    [InlineData(9, 9)] // nothing was lost
    [InlineData(9, 12)] // the backup was newer than what was signed
    public void A_confirmed_restore_that_kept_what_was_signed_begins_its_epoch(int seen, int kept)
    {
        var holds = Assert.IsType<Verdict.Holds>(Restored(seen, kept).Decide(KeptLedger.Nothing("s").With(Tree(seen))));
        Assert.Equal((2, kept + 3L), (holds.After.Epoch, holds.After.Size));
    }

    [Fact]
    public void A_restore_explains_nothing_that_changed_before_its_boundary()
    {
        var kept = KeptLedger.Nothing("s").With(Tree(9));
        var restore = Restored(9, 4);
        var forged = restore.LeafHashes.ToArray();
        forged[2] = Leaf(1000);
        var claim = restore with { LeafHashes = forged, Root = RootBytes(forged), Restores = [new(5, 2, 4, RootBytes(forged[..4]))] };
        var refused = Assert.IsType<Verdict.Refused>(claim.Decide(kept));
        Assert.StartsWith("Entry 2 ", refused.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no restore")]
    [InlineData("an earlier epoch")]
    [InlineData("another root")]
    [InlineData("announced within the backup")]
    [InlineData("another root over all")]
    public void Whatever_does_not_explain_the_ledger_is_refused(string what)
    {
        var (kept, restore) = (KeptLedger.Nothing("s").With(Tree(9)), Restored(9, 4));
        var one = restore.Restores[0];
        var claim = what switch
        {
            "no restore" => restore with { Restores = [] },
            "an earlier epoch" => restore with { Restores = [one with { Epoch = 1 }] },
            "another root" => restore with { Restores = [one with { Root = Leaf(5) }] },
            "announced within the backup" => restore with { Restores = [one with { Index = 3 }] },
            _ => restore with { Root = Leaf(5) },
        };
        Assert.Equal(RestoreUnexplained, Refusal(claim.Decide(kept)));
    }

    /// <summary>A backup of some entries of the signed ledger (or newer), then the announcement, its confirmation and a rating.</summary>
    private static AcceptRestore Restored(int seen, int kept)
    {
        byte[][] leaves = [.. Tree(Math.Max(seen, kept))[..kept], Leaf(2000), Leaf(2001), Leaf(2002)];
        return new AcceptRestore(Tree(seen), leaves, RootBytes(leaves), [new(kept, 2, kept, RootBytes(leaves[..kept]))]);
    }

    private static SignCheckpoint Claim(KeptLedger kept, byte[][] tree)
    {
        var (from, to) = (kept.Size, (long)tree.Length);
        byte[][] proof = from == 0 || from >= to
            ? []
            : [.. MerkleProof.Consistency(from, to).Select(range => RootBytes(tree[(int)range.Start..(int)range.End]))];
        return new SignCheckpoint(to, RootBytes(tree), [.. tree.Skip((int)from)], proof);
    }

    private static RefusalReason Refusal(Verdict verdict) => Assert.IsType<Verdict.Refused>(verdict).Reason;

    private static byte[][] Tree(int size) => [.. Enumerable.Range(0, size).Select(Leaf)];

    private static byte[] Leaf(int n) => SHA256.HashData(BitConverter.GetBytes(n));

    private static byte[] RootBytes(byte[][] leaves) => KeptLedger.Nothing("s").With(leaves).Root;

    private static string Root(byte[][] leaves) => Hex(RootBytes(leaves));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
