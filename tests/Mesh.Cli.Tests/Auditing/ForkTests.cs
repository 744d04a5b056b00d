using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>Another history than the one that was shown before, under a good signature: what catches it and what cannot.</summary>
public sealed class ForkTests : SignedBundle
{
    [Fact]
    public async Task A_log_forked_with_the_stolen_key_is_caught_by_an_earlier_checkpoint_and_by_a_witness_only()
    {
        var witness = FakeMesh.Key(2, NoteAlgorithm.CosignatureV1, "w.example");
        var kept = Written("kept", Signed(Scene.Signer!, 12));
        var strict = Written("strict", $"log {Scene.Signer!.Key}\nwitness W {witness.Key}\nquorum W\n");
        await using var fork = await FakeMesh.StartAsync();
        fork.Signer = Scene.Signer;
        fork.Ledger.RatedBy(3);
        fork.Ledger.Rate("lab-a", "rater-0", "0.99");
        fork.Ledger.RatedBy(12);
        Assert.Equal(0, (await fork.RunAsync("audit", "export", "audited", "-o", File, "--force")).Code);

        Assert.Contains("VERIFIED, UNWITNESSED", (await VerifyAsync()).Out);
        var against = await VerifyAsync("--against", kept);
        Assert.Equal(1, against.Code);
        Assert.Matches(
            "the first 12 entries have the root .*, your earlier checkpoint at 12 has .*: two histories were shown", against.Out);
        var unwitnessed = await Mesh.RunAsync("audit", "verify", File, "--policy", strict);
        Assert.Equal(1, unwitnessed.Code);
        Assert.Contains("the policy's quorum is not reached: cosigned by none", unwitnessed.Out);
    }

    [Fact]
    public async Task A_ledger_cut_off_after_a_checkpoint_was_kept_is_caught()
    {
        var kept = Written("kept", Signed(Scene.Signer!, 20));
        Assert.Equal(0, (await Scene.RunAsync("audit", "export", "audited", "-o", File, "--force", "--size", "15")).Code);
        Assert.Contains("your earlier checkpoint is of 20 entries, the bundle has 15", (await VerifyAsync("--against", kept)).Out);
    }

    [Fact]
    public async Task An_announced_restore_voids_checkpoints_beyond_what_was_kept_and_is_shown()
    {
        var kept = Written("kept", Signed(Scene.Signer!, 20));
        await using var restored = await FakeMesh.StartAsync();
        restored.Ledger.RatedBy(8);
        restored.Ledger.Append(new LedgerRestored(2, 12, "", 20, "the disk failed", "m-1"));
        restored.Ledger.RatedBy(3);
        restored.Signer = FakeMesh.Key(1, name: $"{FakeMesh.Log}/audited/epoch/2");
        var policy = Written("both", $"log {restored.Signer.Key}\nquorum none\n");
        Assert.Equal(0, (await restored.RunAsync("audit", "export", "audited", "-o", File, "--force")).Code);
        var alone = await Mesh.RunAsync("audit", "verify", File, "--against", kept);
        Assert.Equal(1, alone.Code);
        Assert.Contains("goes beyond a restore that no second round manager has confirmed", alone.Out);
        restored.Ledger.Append(new RestoreConfirmed(2, "m-1"));
        Assert.Equal(0, (await restored.RunAsync("audit", "export", "audited", "-o", File, "--force")).Code);
        Assert.Equal(1, (await Mesh.RunAsync("audit", "verify", File, "--against", kept)).Code);
        restored.Ledger.Append(new RestoreConfirmed(2, "m-2"));
        Assert.Equal(0, (await restored.RunAsync("audit", "export", "audited", "-o", File, "--force")).Code);
        var ran = await Mesh.RunAsync("audit", "verify", File, "--against", kept);
        Assert.True(ran.Code == 0, ran.Out);
        Assert.Contains("Note: your earlier checkpoint at 20 is void by the restore that entry 12 announces.", ran.Out);
        Assert.Contains(
            "Note: Entry 12: epoch 2 began, the ledger was restored to 12 entries of 20, confirmed by a second round manager", ran.Out);
        Assert.Equal(0, (await Mesh.RunAsync("audit", "verify", File, "--policy", policy)).Code);
    }
}
