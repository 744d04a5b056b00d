using System.Net;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.CheckpointSigning.Service.Tests;

[Collection(OnSignedMesh.Name)]
public sealed class SigningCheckpointsTests(SignedMesh mesh)
{
    [Fact]
    public async Task What_grows_is_signed_and_rating_intake_serves_every_checkpoint()
    {
        var study = await mesh.StudyAsync(4);
        var earlier = await NoteAsync(study, 4);
        await mesh.RateAsync(study, 0.9m);
        await mesh.WaitAsync(study, signed => signed.Size == 5);
        var later = await NoteAsync(study, 5);
        var key = NoteKey.Parse((await mesh.Reader.GetAsync<LedgerKeys>($"ledger/{study}/keys")).Checkpoint);
        Assert.All(new[] { earlier, later }, note => Assert.True(key.HasSigned(note)));
        var (old, now) = (Checkpoint.Parse(earlier.Text), Checkpoint.Parse(later.Text));
        Assert.Equal(($"alignmentmesh/{study}", key.Name), (now.Origin, now.Origin));
        var proof = await mesh.Reader.GetAsync<ConsistencyProof>($"ledger/{study}/proof/consistency?from=4&to=5");
        Assert.True(MerkleProof.VerifyConsistency(
            4, old.Root.Span, 5, now.Root.Span, [.. proof.Hashes.Select(Convert.FromHexString)]));
    }

    [Theory]
    [InlineData("the last entry deleted", "ledger-shrank", "entry 5 is gone")]
    [InlineData("an entry changed", "root-differs", "Entry 3 is not the one that was signed")]
    [InlineData("two entries swapped", "root-differs", "Entry 3 is not the one that was signed")]
    [InlineData("an entry inserted", "root-differs", "Entry 2 is not the one that was signed")]
    [InlineData("all entries deleted", "ledger-shrank", "entry 0 is gone")]
    public async Task A_ledger_that_was_rewritten_of_one_piece_is_refused_and_the_first_difference_named(
        string what, string reason, string difference)
    {
        var study = await mesh.StudyAsync(6);
        await using (var database = await mesh.SuperuserAsync())
            await ForgedLedger.RewriteAsync(database, study, leaves => what switch
            {
                "the last entry deleted" => leaves[..^1],
                "an entry changed" => [.. leaves[..3], ForgedLedger.Another(leaves[3]), .. leaves[4..]],
                "two entries swapped" => [.. leaves[..3], leaves[4], leaves[3], leaves[5]],
                "an entry inserted" => [.. leaves[..2], ForgedLedger.Another(leaves[5]), .. leaves[2..]],
                _ => [],
            });
        var refused = await mesh.WaitForRefusalAsync(study);
        Assert.Equal((6L, reason), (refused.Size, refused.Refusal!.Reason));
        Assert.Contains(difference, refused.Refusal.What, StringComparison.Ordinal);
        await NothingIsSignedAsync(study, 6);
    }

    [Fact]
    public async Task A_rating_that_comes_after_the_last_one_was_deleted_is_not_signed_either()
    {
        var study = await mesh.StudyAsync(5);
        await mesh.SignerProcess.Process.StopAsync();
        await using (var database = await mesh.SuperuserAsync())
        {
            await ForgedLedger.RewriteAsync(database, study, leaves => leaves[..^1]);
            await ForgedLedger.RunAsync(database, "delete from intake.mt_events where id not in (select event_id from intake.ledger)");
        }

        for (var n = 0; n < 3; n++) await mesh.As("lab-a", $"bea-{n}", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.5m)]));
        await mesh.Reader.WaitForSizeAsync(study, 7);
        await mesh.SignerProcess.Process.StartAsync();
        var refused = await mesh.WaitForRefusalAsync(study);
        Assert.Equal("root-differs", refused.Refusal!.Reason);
        Assert.Contains("Entry 4 is not the one that was signed", refused.Refusal.What, StringComparison.Ordinal);
        Assert.Equal((7L, study), (refused.Refusal.Claimed!.Size, refused.Refusal.Claimed.Study));
    }

    [Fact]
    public async Task A_row_that_is_gone_while_the_ledger_counts_it_is_refused_and_named()
    {
        var study = await mesh.StudyAsync(6);
        await using (var database = await mesh.SuperuserAsync())
            await ForgedLedger.RunAsync(database, "delete from intake.ledger where study = $1 and idx = 5", study);
        var refused = await mesh.WaitForRefusalAsync(study);
        Assert.Equal("entries-missing", refused.Refusal!.Reason);
        Assert.Contains("Entry 5", refused.Refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_loud_outlives_a_restart_and_does_not_touch_other_studies()
    {
        var (refused, other) = (await mesh.StudyAsync(4), await mesh.StudyAsync(4));
        await using (var database = await mesh.SuperuserAsync())
            await ForgedLedger.RewriteAsync(database, refused, leaves => leaves[..^1]);
        await mesh.WaitForRefusalAsync(refused);
        using var http = new HttpClient { BaseAddress = mesh.SignerProcess.Address };
        using var health = await http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains($"\"{refused}\":\"ledger-shrank: ", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await mesh.WaitForLineAsync(refused, "is signed any more");

        await mesh.SignerProcess.Process.KillAsync();
        await mesh.SignerProcess.Process.StartAsync();
        await mesh.RateAsync(other, 0.9m);
        await mesh.WaitAsync(other, signed => signed is { Size: 5, Refusal: null });
        Assert.Equal("ledger-shrank", (await mesh.WaitForRefusalAsync(refused)).Refusal!.Reason);
    }

    [Fact]
    public async Task A_restore_is_signed_when_two_managers_stand_by_it_under_a_new_origin()
    {
        var study = await mesh.StudyAsync(6);
        await using (var database = await mesh.SuperuserAsync()) await RestoreAsync(database, study, 5);
        await mesh.WaitForRefusalAsync(study);
        await mesh.Manager("mia").OkAsync<StudyChanged>($"studies/{study}:announce-restore", new AnnounceRestoreRequest("disk lost"));
        using var alone = await mesh.Manager("mia").PostAsync($"studies/{study}:confirm-restore", new ConfirmRestoreRequest(2));
        Assert.Equal(HttpStatusCode.Conflict, alone.StatusCode);
        await NothingIsSignedAsync(study, 6);
        await mesh.Manager("nora").OkAsync<StudyChanged>($"studies/{study}:confirm-restore", new ConfirmRestoreRequest(2));
        await mesh.WaitAsync(study, signed => signed is { Refusal: null, Epoch: 2, Size: 7 });
        var note = await NoteAsync(study, 7);
        var keys = await mesh.Reader.GetAsync<LedgerKeys>($"ledger/{study}/keys");
        Assert.True(NoteKey.Parse(keys.Checkpoint).HasSigned(note));
        Assert.Equal($"alignmentmesh/{study}/epoch/2", Checkpoint.Parse(note.Text).Origin);
        Assert.True(NoteKey.Parse(Assert.Single(keys.Earlier)).HasSigned(await NoteAsync(study, 6)));
    }

    [Fact]
    public async Task A_restore_that_two_managers_stand_by_hides_no_change_of_what_it_kept()
    {
        var study = await mesh.StudyAsync(6);
        await using (var database = await mesh.SuperuserAsync())
        {
            await RestoreAsync(database, study, 5);
            await ForgedLedger.RewriteAsync(
                database, study, leaves => [.. leaves[..3], ForgedLedger.Another(leaves[3]), .. leaves[4..]]);
        }

        await mesh.WaitForRefusalAsync(study);
        await mesh.Manager("mia").OkAsync<StudyChanged>($"studies/{study}:announce-restore", new AnnounceRestoreRequest("disk lost"));
        await mesh.Manager("nora").OkAsync<StudyChanged>($"studies/{study}:confirm-restore", new ConfirmRestoreRequest(2));
        // Between the announcement and the confirmation it is unexplained for want of the second manager.
        var refused = await mesh.WaitAsync(study, signed => signed.Refusal is { Reason: "restore-unexplained" } refusal
            && !refusal.What.StartsWith("No confirmed restore", StringComparison.Ordinal));
        Assert.StartsWith("Entry 3 ", refused.Refusal!.What, StringComparison.Ordinal);
    }

    /// <summary>As an older backup of the study's rows leaves them: the last ratings were never there.</summary>
    private static async Task RestoreAsync(Npgsql.NpgsqlConnection database, string study, int size)
    {
        await ForgedLedger.RewriteAsync(database, study, leaves => leaves[..size]);
        await ForgedLedger.RunAsync(
            database,
            """
            delete from intake.mt_events e where e.stream_id like 'assessment/' || $1 || '/%'
                and not exists (select 1 from intake.ledger l where l.event_id = e.id)
            """,
            study);
    }

    private async Task NothingIsSignedAsync(string study, long newest)
    {
        var list = await mesh.Reader.GetAsync<CheckpointList>($"ledger/{study}/checkpoints");
        Assert.Equal(newest, list.Checkpoints.Max(kept => kept.Size));
    }

    private async Task<SignedNote> NoteAsync(string study, long size) => SignedNote.Parse(await mesh.WaitForNoteAsync(study, size));
}
