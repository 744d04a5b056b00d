using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>docs/operations/backup-and-restore.md, done: by operators who say so.</summary>
public sealed class RestoreDrillTests(MeshRun run) : IClassFixture<MeshRun>
{
    [Fact]
    public async Task After_a_restore_from_an_older_backup_everything_follows_from_the_kept_entries()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        await RateAsync(study, "0.2");
        var kept = await run.WaitForVersionAsync(study, 4);
        var backup = new IntakeBackup(run);
        await backup.TakeAsync();
        await RateAsync(study, "0.9");
        var lost = await run.WaitForVersionAsync(study, 5);
        Assert.NotEqual(kept.Matrix.Digest, lost.Matrix.Digest);
        // What it has not seen yet it cannot miss.
        await run.WaitForSigningAsync(study, signed => signed.Size == 5);

        await backup.RestoreAsync(MeshService.WithSigner);
        await run.WaitForSigningAsync(study, signed => signed.Refusal is { Reason: "ledger-shrank" });
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}:announce-restore", new AnnounceRestoreRequest("drill", LostSize: 5));

        var (matrix, risk) = await run.WaitForVersionAsync(study, 5);
        var restore = (await run.Intake().GetAsync<StudyView>($"studies/{study}")).Restores!.Single();
        Assert.Equal(new LedgerRestored(2, 4, kept.Matrix.Root, 5, "drill", restore.Manager), restore);
        Assert.Equal((5L, 5L), (matrix.Version, risk.Version));
        Assert.NotEqual(lost.Matrix.Root, matrix.Root);
        Assert.Equal(kept.Matrix.Consensus, matrix.Consensus);
        var again = await run.Matrix.GetAsync<MatrixView>($"studies/{study}/matrix?lens=crisp&version=4");
        Assert.Equal((kept.Matrix.Root, kept.Matrix.Digest), (again.Root, again.Digest));
        await RateAsync(study, "0.5");
        await run.WaitForVersionAsync(study, 6);
        var second = run.Intake("owner", "nora", "round-manager");
        await second.OkAsync<StudyChanged>($"studies/{study}:confirm-restore", new ConfirmRestoreRequest(2));
        await run.WaitForSigningAsync(study, signed => signed is { Refusal: null, Epoch: 2, Size: 7 });
    }

    private async Task RateAsync(string study, string best) => await run.Intake("lab-a", "expert", "rater").OkAsync<RatingsReceipt>(
        $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: decimal.Parse(best, null))]));
}
