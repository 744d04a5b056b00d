using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit export</c> and <c>verify</c>, against a mesh that tells the truth.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "audited.zip");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_exported_bundle_verifies_offline_and_says_that_nobody_signed()
    {
        await using var mesh = await FakeMesh.StartAsync();
        mesh.Ledger.RatedBy(20);
        mesh.Published.UnionWith([4L, 7, 12]);
        var exported = await mesh.RunAsync("audit", "export", "audited", "-o", File);
        Assert.Equal((0, ""), (exported.Code, exported.Code == 0 ? "" : exported.Error));
        Assert.Contains("unsigned", exported.Out);
        await mesh.DisposeAsync();

        var verified = await Mesh.RunAsync("audit", "verify", File, "--json");
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
        Assert.Equal((true, false, false), Flags(verified));
        Assert.Equal(24, verified.Json.GetProperty("size").GetInt64());
        Assert.StartsWith("ok 4: 4 published versions reproduced, all to the last bit (4 by all their", Check(verified, "matrix"));
        Assert.StartsWith("ok 8: 8 stored reports reproduced, all to the last bit (8 by all their", Check(verified, "risk"));
        Assert.Contains("24 in order, 24 opened as committed to, 0 sealed", Check(verified, "entries"));
        Assert.StartsWith("absent 0: unsigned", Check(verified, "checkpoint"));
        Assert.StartsWith("absent 0: unwitnessed", Check(verified, "witnesses"));
        Assert.Contains("VERIFIED, UNSIGNED AND UNWITNESSED", (await Mesh.RunAsync("audit", "verify", File)).Out);
    }

    [Fact]
    public async Task A_signed_bundle_is_witnessed_only_by_the_verifiers_own_policy()
    {
        await using var mesh = await FakeMesh.StartAsync();
        mesh.Ledger.RatedBy(9);
        mesh.Signer = FakeMesh.Key(1);
        mesh.Witnesses = [FakeMesh.Key(2, NoteAlgorithm.CosignatureV1, "w.example")];
        var earlier = Written("earlier", mesh.Note(6).ToString());
        mesh.Ledger.RatedBy(3);
        var policy = Written("policy", $"log {mesh.Signer.Key}\nwitness W {mesh.Witnesses[0].Key}\nquorum W\n");
        var lax = Written("lax", $"log {mesh.Signer.Key}\nquorum none\n");
        Assert.Equal(0, (await mesh.RunAsync("audit", "export", "audited", "-o", File, "--against", earlier, "--policy", policy)).Code);

        var verified = await Mesh.RunAsync("audit", "verify", File, "--policy", policy, "--against", earlier, "--json");
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
        Assert.Equal((true, true, true), Flags(verified));
        Assert.Equal(
            "ok 2: extends the bundle's earlier checkpoint at 6; extends your earlier checkpoint at 6",
            Check(verified, "earlier checkpoints"));
        Assert.Equal((true, true, false), Flags(await Mesh.RunAsync("audit", "verify", File, "--policy", lax, "--json")));
        Assert.Equal((true, false, false), Flags(await Mesh.RunAsync("audit", "verify", File, "--json")));
    }

    [Fact]
    public async Task An_earlier_size_an_open_blind_round_and_many_versions_can_be_exported()
    {
        await using var mesh = await FakeMesh.StartAsync("blind");
        mesh.Ledger.RatedBy(5);
        mesh.Published.Add(4);
        Assert.Equal(0, (await mesh.RunAsync("audit", "export", "audited", "-o", File)).Code);
        var open = await Mesh.RunAsync("audit", "verify", File, "--json");
        Assert.Contains("9 in order, 4 opened as committed to, 5 sealed", Check(open, "entries"));
        // The round is closed since, so the feed opens what it could not then: the version is the same.
        mesh.Ledger.Append(new RoundClosed(1));
        Assert.Equal(64, (await mesh.RunAsync("audit", "export", "audited", "-o", File)).Code);
        Assert.Equal(0, (await mesh.RunAsync("audit", "export", "audited", "-o", File, "--force", "--size", "9")).Code);
        var later = await Mesh.RunAsync("audit", "verify", File, "--json");
        Assert.True(later.Code == 0, later.Out);
        Assert.Contains("9 in order, 9 opened as committed to, 0 sealed", Check(later, "entries"));
        Assert.Equal(open.Json.GetProperty("root").GetString(), later.Json.GetProperty("root").GetString());
    }

    [Fact]
    public async Task The_same_ledger_gives_the_same_bytes_and_nothing_half_is_left_behind()
    {
        await using var mesh = await FakeMesh.StartAsync();
        mesh.Ledger.RatedBy(4);
        await mesh.RunAsync("audit", "export", "audited", "-o", File);
        var first = SHA256.HashData(await System.IO.File.ReadAllBytesAsync(File));
        await mesh.RunAsync("audit", "export", "audited", "-o", File, "--force");
        Assert.Equal(first, SHA256.HashData(await System.IO.File.ReadAllBytesAsync(File)));
        mesh.Tamper = (path, answer) => path.Contains("risk?", StringComparison.Ordinal) ? "no JSON" : answer;
        Assert.NotEqual(0, (await mesh.RunAsync("audit", "export", "audited", "-o", File, "--force")).Code);
        Assert.Equal([File], Directory.GetFiles(_folder));
        Assert.Equal(first, SHA256.HashData(await System.IO.File.ReadAllBytesAsync(File)));
    }

    [Fact]
    public async Task An_export_refuses_entries_that_are_not_those_of_the_head()
    {
        await using var mesh = await FakeMesh.StartAsync();
        mesh.Ledger.RatedBy(4);
        mesh.Tamper = (path, answer) => path.Contains("/entries", StringComparison.Ordinal)
            ? answer.Replace("2026-03-01T09:00:05.000000Z", "2026-03-01T09:00:05.500000Z", StringComparison.Ordinal) : answer;
        var ran = await mesh.RunAsync("audit", "export", "audited", "-o", File);
        Assert.Equal(1, ran.Code);
        Assert.Contains("their head at 8 says", ran.Error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static (bool, bool, bool) Flags(Ran ran) => (
        ran.Json.GetProperty("verified").GetBoolean(), ran.Json.GetProperty("signed").GetBoolean(),
        ran.Json.GetProperty("witnessed").GetBoolean());

    private static string Check(Ran ran, string name)
    {
        var check = ran.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("check").GetString() == name);
        return $"{check.GetProperty("state")} {check.GetProperty("count")}: {check.GetProperty("detail")}";
    }
}
