using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>An auditor with nothing but <c>mesh audit</c> and the services' addresses.</summary>
[Collection(OnOneMesh.Name)]
public sealed class AuditingTests(MeshRun run) : IDisposable
{
    private readonly Auditor _auditor = new(run);

    public void Dispose() => _auditor.Dispose();

    [Fact]
    public async Task A_study_of_a_running_mesh_is_exported_verified_offline_replayed_explained_sampled_and_cosigned()
    {
        var (study, size, receipt) = await StudyAsync();
        await run.WaitForVersionAsync(study, size);
        var (policy, checkpoint, key) = await _auditor.WaitForCheckpointAsync(study, size);
        var bundle = _auditor.PathOf("study.zip");
        await _auditor.MeshAsync("audit", "export", study, "-o", bundle, "--size", $"{size}");

        var verified = JsonDocument.Parse(
            await _auditor.MeshAsync("audit", "verify", bundle, "--policy", policy, "--against", checkpoint, "--json"));
        Assert.True(verified.RootElement.GetProperty("verified").GetBoolean());
        Assert.True(verified.RootElement.GetProperty("signed").GetBoolean());
        Assert.Equal(size, verified.RootElement.GetProperty("size").GetInt64());
        Assert.Contains("VERIFIED, UNWITNESSED", await _auditor.MeshAsync("audit", "replay", study, "--policy", policy));
        Assert.Contains(
            "equal to what is published", await _auditor.MeshAsync("audit", "explain", study, "RLHF", "COLL", "--version", $"{size}"));
        Assert.Contains(
            "draw,index,event", await _auditor.MeshAsync("audit", "sample", study, "--seed", "a", "--count", "3", "--format", "csv"));
        var file = _auditor.Written("receipt", receipt);
        Assert.Contains("Your rating is entry", await _auditor.MeshAsync("audit", "receipt", file, "--policy", policy));

        var secret = _auditor.PathOf("witness.key");
        var witness = (await _auditor.MeshAsync("witness", "key", "witness.example", "-o", secret)).Trim();
        var cosigned = await _auditor.MeshAsync(
            "witness", "cosign", checkpoint, "--state", _auditor.PathOf("seen"), "--key", secret, "--log", key);
        Assert.Contains("— witness.example ", cosigned);
        Assert.StartsWith("witness.example+", witness);
        var known = await _auditor.MeshAsync(
            "witness", "cosign", checkpoint, "--state", _auditor.PathOf("known-seen"), "--key",
            _auditor.Written("known.key", MeshRun.Witness.ToSecretText()), "--log", key);
        Assert.Contains(
            $"the checkpoint of {size} entries has the cosignature of known.example; 1 in all",
            await _auditor.MeshAsync("witness", "submit", study, _auditor.Written("cosigned", known)));
        Assert.Contains("— known.example ", await (await run.Intake().RawAsync($"ledger/{study}/checkpoint?size={size}"))
            .Content.ReadAsStringAsync());
        await AssertReplayedAsync(run.Matrix, study);
        await AssertReplayedAsync(run.Risk, study);
    }

    [Fact]
    public async Task An_auditor_whom_two_managers_let_reads_a_blind_round_and_takes_it_along_in_a_bundle()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "blind", "lab-a");
        await run.Intake("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.25m)]));
        await run.WaitForVersionAsync(study, 4);
        await AsAsync(
            "mia", "round-manager", "audit", "grant", study, "--issuer", LocalTokens.Issuer, "--subject", "ines", "--until",
            Timestamps.Format(TimeProvider.System.GetUtcNow().AddDays(1)), "--reason", "drill");
        await AsAsync("nora", "round-manager", "audit", "confirm", study, "1");
        Assert.Contains("\tRLHF\tCOLL\t-\t0.25\t", await AsAsync("ines", "auditor", "audit", "unreleased", study, "--round", "1"));
        var bundle = _auditor.PathOf("unreleased.zip");
        await AsAsync("ines", "auditor", "audit", "export", study, "-o", bundle, "--unreleased", "--size", "4");
        Assert.Contains("1 of them unreleased, seen under a grant", await _auditor.MeshAsync("audit", "verify", bundle));
        var log = (await AsAsync("mia", "round-manager", "audit", "access", study)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["read", "read", "confirmed", "proposed"], log[2..].Select(line => line.Split('\t')[4]));
    }

    [Fact]
    public async Task Texts_are_exported_with_their_salts_and_an_erased_one_is_missing_for_a_reason()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "blind", "lab-a");
        var receipts = new List<RatingsReceipt>();
        foreach (var subject in new[] { "ann", "bob" })
            receipts.Add(await run.Intake("lab-a", subject, "rater").OkAsync<RatingsReceipt>(
                $"studies/{study}/ratings", new SubmitRatingsRequest(
                    [new("RLHF", "COLL", Best: 0.25m, Rationale: $"says {subject}", Evidence: [new("https://example.org", "a paper")])])));
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await run.Intake("lab-a", "ada", "org-admin").OkAsync<StudyChanged>(
            $"studies/{study}:erase", new ErasePersonalDataRequest("asked for it", "GDPR art. 17", receipts[0].EventId));
        await run.WaitForVersionAsync(study, 7);

        var bundle = _auditor.PathOf("texts.zip");
        await _auditor.MeshAsync("audit", "export", study, "-o", bundle, "--texts", "--size", "7");
        var report = JsonDocument.Parse(await _auditor.MeshAsync("audit", "verify", bundle, "--json")).RootElement;
        Assert.Equal(
            ("ok", 2L, "2 match their hashes, 2 erased, each by an entry that says why"),
            report.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("check").GetString() == "texts")
                .Select(check => (
                    check.GetProperty("state").GetString()!, check.GetProperty("count").GetInt64(),
                    check.GetProperty("detail").GetString()!))
                .Single());
    }

    private Task<string> AsAsync(string subject, string role, params string[] args) =>
        _auditor.MeshAsync(new TokenHolder("owner", [role], subject), args);

    private async Task<(string Study, long Size, string Receipt)> StudyAsync()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a", "lab-b");
        await run.Intake("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest(PaperTable.Sheet));
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest("blind"));
        var receipt = await run.Intake("lab-b", "bob", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.25m, Lower: 0.1m, Upper: 0.4m)]));
        await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/2:close", new { });
        return (study, 9, JsonSerializer.Serialize(receipt, ContractJson.Options));
    }

    private static async Task AssertReplayedAsync(MeshClient client, string study)
    {
        using var answer = await client.RawAsync($"studies/{study}/replay");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.True(JsonSerializer.Deserialize<ReplayedVersion>(line, ContractJson.Options)!.Equal, line));
    }
}
