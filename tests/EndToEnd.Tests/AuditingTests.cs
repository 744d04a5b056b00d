using System.Diagnostics;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>An auditor with nothing but <c>mesh audit</c> and the services' addresses.</summary>
[Collection(OnOneMesh.Name)]
public sealed class AuditingTests(MeshRun run) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_study_of_a_running_mesh_is_exported_verified_offline_replayed_explained_sampled_and_cosigned()
    {
        var (study, size, receipt) = await StudyAsync();
        await run.WaitForVersionAsync(study, size);
        var (policy, checkpoint, key) = await WaitForCheckpointAsync(study, size);
        var bundle = Path.Combine(_folder, "study.zip");
        await MeshAsync("audit", "export", study, "-o", bundle, "--size", $"{size}");

        var verified = JsonDocument.Parse(
            await MeshAsync("audit", "verify", bundle, "--policy", policy, "--against", checkpoint, "--json"));
        Assert.True(verified.RootElement.GetProperty("verified").GetBoolean());
        Assert.True(verified.RootElement.GetProperty("signed").GetBoolean());
        Assert.Equal(size, verified.RootElement.GetProperty("size").GetInt64());
        Assert.Contains("VERIFIED, UNWITNESSED", await MeshAsync("audit", "replay", study, "--policy", policy));
        Assert.Contains(
            "equal to what is published", await MeshAsync("audit", "explain", study, "RLHF", "COLL", "--version", $"{size}"));
        Assert.Contains("draw,index,event", await MeshAsync("audit", "sample", study, "--seed", "a", "--count", "3", "--format", "csv"));
        Assert.Contains("Your rating is entry", await MeshAsync("audit", "receipt", Written("receipt", receipt), "--policy", policy));

        var secret = Path.Combine(_folder, "witness.key");
        var witness = (await MeshAsync("witness", "key", "witness.example", "-o", secret)).Trim();
        var cosigned = await MeshAsync(
            "witness", "cosign", checkpoint, "--state", Path.Combine(_folder, "seen"), "--key", secret, "--log", key);
        Assert.Contains("— witness.example ", cosigned);
        Assert.StartsWith("witness.example+", witness);
        var known = await MeshAsync(
            "witness", "cosign", checkpoint, "--state", Path.Combine(_folder, "known-seen"), "--key",
            Written("known.key", MeshRun.Witness.ToSecretText()), "--log", key);
        Assert.Contains(
            $"the checkpoint of {size} entries has the cosignature of known.example; 1 in all",
            await MeshAsync("witness", "submit", study, Written("cosigned", known)));
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
        var bundle = Path.Combine(_folder, "unreleased.zip");
        await AsAsync("ines", "auditor", "audit", "export", study, "-o", bundle, "--unreleased", "--size", "4");
        Assert.Contains("1 of them unreleased, seen under a grant", await MeshAsync("audit", "verify", bundle));
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

        var bundle = Path.Combine(_folder, "texts.zip");
        await MeshAsync("audit", "export", study, "-o", bundle, "--texts", "--size", "7");
        var report = JsonDocument.Parse(await MeshAsync("audit", "verify", bundle, "--json")).RootElement;
        Assert.Equal(
            ("ok", 2L, "2 match their hashes, 2 erased, each by an entry that says why"),
            report.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("check").GetString() == "texts")
                .Select(check => (
                    check.GetProperty("state").GetString()!, check.GetProperty("count").GetInt64(),
                    check.GetProperty("detail").GetString()!))
                .Single());
    }

    private Task<string> AsAsync(string subject, string role, params string[] args) => MeshAsync(
        LocalTokens.Mint(run.Mesh.Keys, new TokenHolder("owner", [role], subject), TimeSpan.FromMinutes(5), TimeProvider.System), args);

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

    /// <summary>A policy that knows the log, its newest checkpoint of that size, and the log's key.</summary>
    private async Task<(string Policy, string Checkpoint, string Key)> WaitForCheckpointAsync(string study, long size)
    {
        var keys = await run.Intake().GetAsync<LedgerKeys>($"ledger/{study}/keys");
        using var given = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await run.Intake().RawAsync($"ledger/{study}/checkpoint?size={size}");
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return (Written("policy", $"log {keys.Checkpoint}\nquorum none\n"), Written("checkpoint", text), keys.Checkpoint);
            Assert.False(given.IsCancellationRequested, $"no checkpoint of size {size}: {text}");
            await Task.Delay(50);
        }
    }

    private static async Task AssertReplayedAsync(MeshClient client, string study)
    {
        using var answer = await client.RawAsync($"studies/{study}/replay");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.True(JsonSerializer.Deserialize<ReplayedVersion>(line, ContractJson.Options)!.Equal, line));
    }

    private Task<string> MeshAsync(params string[] args) => MeshAsync(token: null, args);

    private async Task<string> MeshAsync(string? token, string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MESH_INTAKE_URL"] = $"{run.Mesh.Address(MeshService.RatingIntake)}",
                ["MESH_MATRIX_URL"] = $"{run.Mesh.Address(MeshService.MatrixAggregation)}",
                ["MESH_RISK_URL"] = $"{run.Mesh.Address(MeshService.RiskScoring)}",
                ["MESH_TOKEN"] = token,
            },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AlignmentMesh.Mesh.Cli.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        using var mesh = Process.Start(start)!;
        var (read, complained) = (mesh.StandardOutput.ReadToEndAsync(), mesh.StandardError.ReadToEndAsync());
        await mesh.WaitForExitAsync();
        Assert.True(mesh.ExitCode == 0, $"mesh {string.Join(' ', args)}: {mesh.ExitCode}\n{await read}\n{await complained}");
        return await read;
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
