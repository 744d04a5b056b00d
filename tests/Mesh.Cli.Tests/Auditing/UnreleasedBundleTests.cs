using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit export --unreleased</c>: what an auditor saw under a grant, in the bundle and in no number.</summary>
public sealed class UnreleasedBundleTests()
    : ExportOptionTest("--unreleased", BundleFormat.Unreleased, "keep it to yourself until their round closes", "keep it to yourself")
{
    private protected override async Task<FakeMesh> StartAsync()
    {
        var mesh = await FakeMesh.StartAsync("blind");
        mesh.Ledger.RatedBy(5);
        mesh.Granted = true;
        return mesh;
    }

    [Fact]
    public async Task Unreleased_openings_are_verified_counted_and_change_nothing_else_of_the_bundle()
    {
        var added = await RequireOnlyAddsAsync();
        Assert.Equal(5, added.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith(
            "4 opened as committed to, 5 sealed until their round closes, 5 of them unreleased, seen under a grant", await EntriesAsync());
    }

    [Fact]
    public async Task An_opening_that_is_not_what_its_leaf_commits_to_or_not_of_a_sealed_entry_fails()
    {
        await ExportAsync(Bundle, "--unreleased");
        var honest = Repacking.Files(Bundle);
        var lines = honest[BundleFormat.Unreleased].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        async Task<Ran> VerifyAsync(params string[] changed)
        {
            var seen = string.Concat(changed.Select(line => line + "\n"));
            await Repacking.WriteAsync(Bundle, new Dictionary<string, string>(honest) { [BundleFormat.Unreleased] = seen });
            return await Mesh.RunAsync("audit", "verify", Bundle);
        }

        var forged = await VerifyAsync(lines[0].Replace("0.05", "0.95", StringComparison.Ordinal));
        Assert.Equal(1, forged.Code);
        Assert.Contains("NOT VERIFIED: entry 4 says something else than its leaf commits to", forged.Out);
        foreach (var strange in new[] { lines[0].Replace("\"index\":4", "\"index\":3", StringComparison.Ordinal), lines[1] })
            Assert.Contains("unreleased.ndjson goes on with", (await VerifyAsync(strange, lines[0])).Out);
        Assert.Equal(0, (await VerifyAsync(lines[1])).Code);
    }

    [Fact]
    public async Task Without_a_grant_there_is_no_such_bundle_and_without_a_sealed_entry_nothing_is_asked()
    {
        Audited.Granted = false;
        Assert.Equal(1, (await ExportAsync(Bundle, "--unreleased")).Code);
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.Equal(0, (await ExportAsync(Bundle, "--unreleased", "--size", "4")).Code);
        Assert.EndsWith("0 sealed until their round closes, 0 of them unreleased, seen under a grant", await EntriesAsync());
    }

    private async Task<string> EntriesAsync()
    {
        var (verified, check) = await CheckAsync(Bundle, "entries");
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
        return check.GetProperty("detail").GetString()!;
    }
}
