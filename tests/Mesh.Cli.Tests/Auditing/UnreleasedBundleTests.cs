using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit export --unreleased</c>: what an auditor saw under a grant, in the bundle and in no number.</summary>
public sealed class UnreleasedBundleTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private FakeMesh _mesh = null!;

    private string Bundle => Path.Combine(_folder, "audited.zip");

    public async Task InitializeAsync()
    {
        _mesh = await FakeMesh.StartAsync("blind");
        _mesh.Ledger.RatedBy(5);
        _mesh.Granted = true;
    }

    public async Task DisposeAsync()
    {
        await _mesh.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Unreleased_openings_are_verified_counted_and_change_nothing_else_of_the_bundle()
    {
        var exported = await ExportAsync(Bundle, "--unreleased");
        Assert.True(exported.Code == 0, exported.Error);
        Assert.Contains("keep it to yourself until their round closes", exported.Error);
        var plain = Path.Combine(_folder, "plain.zip");
        Assert.DoesNotContain("keep it to yourself", (await ExportAsync(plain)).Error);

        var (with, without) = (Repacking.Files(Bundle), Repacking.Files(plain));
        Assert.Equal(5, with[BundleFormat.Unreleased].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal([BundleFormat.Unreleased], with.Keys.Except(without.Keys));
        foreach (var name in without.Keys.Where(name => name != BundleFormat.Manifest)) Assert.Equal(without[name], with[name]);

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
        _mesh.Granted = false;
        Assert.Equal(1, (await ExportAsync(Bundle, "--unreleased")).Code);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Equal(0, (await ExportAsync(Bundle, "--unreleased", "--size", "4")).Code);
        Assert.EndsWith("0 sealed until their round closes, 0 of them unreleased, seen under a grant", await EntriesAsync());
    }

    private Task<Ran> ExportAsync(string path, params string[] more) => _mesh.RunAsync(["audit", "export", "audited", "-o", path, .. more]);

    private async Task<string> EntriesAsync()
    {
        var verified = await Mesh.RunAsync("audit", "verify", Bundle, "--json");
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
        return verified.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "entries")
            .GetProperty("detail").GetString()!;
    }
}
