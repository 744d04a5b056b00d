using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>Who has the database, or the log's key too: docs/operations/auditing.md, "What a stolen key can do", shown.</summary>
public sealed class StolenKeyTests(MeshRun run) : IClassFixture<MeshRun>, IDisposable
{
    private readonly Auditor _auditor = new(run);

    public void Dispose() => _auditor.Dispose();

    [Fact]
    public async Task Another_history_under_the_stolen_key_is_found_by_an_earlier_checkpoint_a_witness_and_a_receipt_and_by_nothing_else()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        await RateAsync(study, 0.2m);
        await run.WaitForVersionAsync(study, 4);
        var backup = new IntakeBackup(run);
        await backup.TakeAsync();
        var receipt = _auditor.Written("receipt", JsonSerializer.Serialize(await RateAsync(study, 0.9m), ContractJson.Options));
        var (policy, kept, key) = await _auditor.WaitForCheckpointAsync(study, 5);
        string[] witness = ["--state", _auditor.PathOf("seen"), "--key", _auditor.PathOf("witness.key")];
        await _auditor.MeshAsync("witness", "key", "witness.example", "-o", witness[^1]);
        await _auditor.MeshAsync(["witness", "cosign", kept, "--log", key, .. witness]);

        // The signer would refuse, so it stays away, and the thief signs for it.
        await backup.RestoreAsync(MeshService.Pipeline);
        await RateAsync(study, 0.5m);
        await run.WaitForVersionAsync(study, 5);
        var forged = _auditor.Written("forged", await SignAsync(study, NoteKey.Parse(key).Name));
        var bundle = _auditor.PathOf("study.zip");
        await _auditor.MeshAsync("audit", "export", study, "-o", bundle);

        Assert.Contains("VERIFIED, UNWITNESSED", await _auditor.MeshAsync("audit", "verify", bundle, "--policy", policy));
        Assert.Contains(
            "two histories were shown", await _auditor.FindsAsync("audit", "verify", bundle, "--policy", policy, "--against", kept));
        Assert.Contains("the log was forked", await _auditor.FindsAsync(["witness", "cosign", forged, .. witness]));
        Assert.Contains($"is not in the ledger of '{study}'", await _auditor.FindsAsync("audit", "receipt", receipt, "--policy", policy));
        await run.Mesh.Service(MeshService.CheckpointSigning).Process.StartAsync();
        await run.WaitForSigningAsync(study, signed => signed.Refusal is { Reason: "root-differs" });
    }

    [Fact]
    public async Task A_bit_of_a_stored_checkpoint_that_flipped_is_named_by_who_verifies()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        await RateAsync(study, 0.2m);
        await run.WaitForVersionAsync(study, 4);
        var (policy, _, _) = await _auditor.WaitForCheckpointAsync(study, 4);
        // The first letter of the root, so that the note stays a note.
        const string flip =
            """
            update intake.checkpoint set note = regexp_replace(note, E'\n4\n.', E'\n4\n'
                || case substr(note, position(E'\n4\n' in note) + 3, 1) when 'A' then 'B' else 'A' end) where study = $1 and size = 4
            """;
        Assert.Equal(1, await new IntakeBackup(run).TamperAsync(flip, study));
        var bundle = _auditor.PathOf("study.zip");
        await _auditor.MeshAsync("audit", "export", study, "-o", bundle, "--size", "4");
        Assert.Contains("that is not by its key", await _auditor.FindsAsync("audit", "verify", bundle, "--policy", policy));
    }

    private Task<RatingsReceipt> RateAsync(string study, decimal best) => run.Intake("lab-a", "expert", "rater").OkAsync<RatingsReceipt>(
        $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: best)]));

    /// <summary>A checkpoint of whatever the ledger is now, by the key of its signer, kept by intake as any other.</summary>
    private async Task<string> SignAsync(string study, string origin)
    {
        var head = await run.Intake().GetAsync<TreeHead>($"ledger/{study}");
        var seed = Ed25519Pem.Seed(await File.ReadAllTextAsync(run.Mesh.Keys.CheckpointPrivateFile));
        var text = new Checkpoint(origin, head.Size, Convert.FromHexString(head.Root), []).ToString();
        var note = new SignedNote(
            text, [new NoteSigner(origin, NoteAlgorithm.Ed25519, seed).Sign(text, TimeProvider.System.GetUtcNow())]).ToString();
        using var content = new StringContent(note, Encoding.UTF8, "text/plain");
        using var kept = await run.Intake().PostAsync($"ledger/{study}/checkpoint", content);
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        return note;
    }
}
