using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>
/// A signed bundle that somebody changed who knows the format and makes the manifest fit: every change is found, and what differs
/// first is named.
/// </summary>
public sealed class TamperTests : SignedBundle
{
    [Theory]
    [InlineData("""\\"best\\":\\"0\.""", """\"best\":\"0.9""", "entries", "entry 4 says something else than its leaf commits to")]
    [InlineData("(?<=\"salt\":\")[A-Za-z]", "+", "entries", "entry 1 says something else than its leaf commits to")]
    [InlineData("(?<=c\\\\\":\\\\\")[0-9a-f]", "x", "entries", "entry 0 cannot be read: The leaf's commitment")]
    [InlineData("(?<=c\\\\\":\\\\\")[0-9a-f]{4}", "0000", "entries", "entry 0 says something else than its leaf commits to")]
    [InlineData("09:00:07.000000Z(?=\\\\\",\\\\\"v)", "09:00:07.000001Z", "matrix", "version 11: root is")]
    [InlineData("09:00:07.000000Z(?=\\\\\",\\\\\"v)", "09:00:04.000001Z", "entries", "entry 7 is earlier than the one before it")]
    [InlineData("\\{\"index\":7,", "{\"index\":8,", "entries", "entry 7 bears the index 8")]
    [InlineData("(?s)\\{\"index\":19,.*", "", "checkpoint", "the checkpoint is mesh.example/audited at 20, the manifest says 19 entries")]
    [InlineData("(?m)^\\{\"index\":9,.*\n", "", "checkpoint", "the manifest says 19 entries")]
    [InlineData("(?m)^\\{\"index\":9,.*\n", "$0$0", "checkpoint", "the manifest says 21 entries")]
    [InlineData("(?m)(^\\{\"index\":9,.*\n)(.*\n)", "$2$1", "entries", "entry 9 bears the index 10")]
    [InlineData(",\"opening\":\\{\"index\":6,.*(?=\\}\n\\{\"index\":7)", "", "entries", "entry 6 has no opening; allowed only")]
    public async Task A_changed_entry_is_named(string pattern, string replacement, string check, string difference) =>
        await FoundAsync(BundleFormat.Entries, pattern, replacement, check, difference);

    [Theory]
    [InlineData(
        BundleFormat.Matrices, "(?<=\"mean\":0\\.)\\d{4}", "matrix",
        @"version 6: lenses\.[a-z0-9-]+\[\d\]\.mean is 0\.\d+, recomputed 0\.\d+")]
    [InlineData(BundleFormat.Matrices, "(?<=\"raters\":)1", "matrix", @"version 6: lenses\.[a-z0-9-]+\[\d\]\.raters is 9, recomputed 1")]
    [InlineData(BundleFormat.Matrices, "(?<=\"digest\":\")[0-9a-f]{4}", "matrix", "version 6: its digest is")]
    [InlineData(BundleFormat.Matrices, "(?<=\"study\":\")a", "matrix", "version 6 is of study '9udited'")]
    [InlineData(BundleFormat.Versions, "(?<=\"digest\":\")[0-9a-f]{4}", "matrix", "version 6: its digest is")]
    [InlineData(BundleFormat.Versions, "(?<=\"root\":\")[0-9a-f]{4}", "matrix", "version 6: root is")]
    [InlineData(BundleFormat.Versions, "(?<=\"version\":)6", "matrix", "version 6 has numbers and is not listed as published")]
    [InlineData(
        BundleFormat.Risks, "(?<=\"joint\":0\\.)\\d{4}", "risk",
        @"report of version 6 under crisp: portfolios\[0\]\.joint is 0\.\d+, recomputed 0\.\d+")]
    [InlineData(BundleFormat.Risks, "(?<=\"digest\":\")[0-9a-f]{4}", "risk", "report of version 6 under crisp: its digest is")]
    [InlineData(BundleFormat.RiskVersions, "(?<=\"crisp\":\")[0-9a-f]{4}", "risk", "report of version 6 under crisp: its digest is")]
    [InlineData(BundleFormat.RiskVersions, "(?<=\"matrixDigest\":\")[0-9a-f]{4}", "risk", "report of version 6: it is of matrix")]
    [InlineData(BundleFormat.Methods, "(?<=\"rho\": )0.5", "methods", @"constants\.rho is 9, recomputed 0\.5")]
    public async Task A_changed_number_is_named_with_its_version(string file, string pattern, string check, string difference) =>
        await FoundAsync(file, pattern, "9", check, difference);

    [Fact]
    public async Task A_version_known_by_its_digest_alone_is_reproduced_too()
    {
        await ChangeAsync(BundleFormat.Matrices, "(?m)^.*\"version\":11,.*\n", "");
        await ChangeAsync(BundleFormat.Risks, "(?m)^.*\"version\":11,.*\n.*\n", "");
        var sound = await VerifyAsync();
        Assert.True(sound.Code == 0, sound.Out);
        Assert.Contains("1 by digest", sound.Out);
        await FoundAsync(
            BundleFormat.Versions, "(?<=\"version\":11,.*\"digest\":\")[0-9a-f]{4}", "9999", "matrix",
            "version 11: digest is 9999.*its numbers are not at hand to compare");
    }

    [Fact]
    public async Task A_number_within_the_tolerance_is_equal_and_not_to_the_last_bit()
    {
        var files = Repacking.Files(File);
        var matrices = files[BundleFormat.Matrices].Split('\n');
        var one = System.Text.Json.JsonSerializer.Deserialize<ConsensusMatrix>(matrices[0], ContractJson.Options)!;
        var moved = one with
        {
            Lenses = one.Lenses.ToDictionary(lens => lens.Key, lens => (IReadOnlyList<ConsensusCell>)
                [.. lens.Value.Select(cell => cell.Mean is { } mean and > 0 ? cell with { Mean = Math.BitIncrement(mean) } : cell)]),
        };
        moved = moved with { Digest = MatrixAggregation.Domain.Consensus.DigestOf(moved) };
        matrices[0] = System.Text.Json.JsonSerializer.Serialize(moved, ContractJson.Options);
        files[BundleFormat.Matrices] = string.Join('\n', matrices);
        files[BundleFormat.Versions] = files[BundleFormat.Versions].Replace(one.Digest!, moved.Digest, StringComparison.Ordinal);
        // The reports' own digests cover the matrix's, so they move too; only the matrix is looked at here.
        files[BundleFormat.Risks] = files[BundleFormat.RiskVersions] = "";
        await Repacking.WriteAsync(File, files);
        var ran = await VerifyAsync();
        Assert.True(ran.Code == 0, ran.Out);
        Assert.Contains("3 published versions reproduced, 2 to the last bit, the others within 1e-12", ran.Out);
    }

    [Fact]
    public async Task A_checkpoint_with_another_root_is_a_forgery_and_a_strangers_is_nobodys()
    {
        await FoundAsync(
            BundleFormat.Checkpoint, "(?m)(?<=^20\n)[A-Za-z]{4}", "AAAA", "checkpoint", "bears a signature of .* that is not by its key");
        await ChangeAsync(BundleFormat.Checkpoint, "(?s).*", Signed(FakeMesh.Key(9), 20));
        var ran = await VerifyAsync();
        Assert.Contains("is not signed by a log of the policy", ran.Out);
    }

    [Fact]
    public async Task Without_its_checkpoint_nothing_of_a_bundle_is_signed()
    {
        var files = Repacking.Files(File);
        files.Remove(BundleFormat.Checkpoint);
        await Repacking.WriteAsync(File, files);
        Assert.Contains("the bundle has no checkpoint, so nothing of it is signed", (await VerifyAsync()).Out);
    }

    [Fact]
    public async Task Any_bit_of_the_file_that_flips_is_found_or_changes_nothing_that_is_read()
    {
        var sound = await System.IO.File.ReadAllBytesAsync(File);
        var content = Repacking.Files(File);
        var draws = new Random(20261125);
        var harmless = 0;
        for (var flip = 0; flip < 400; flip++)
        {
            var bytes = sound.ToArray();
            bytes[draws.Next(bytes.Length)] ^= (byte)(1 << draws.Next(8));
            await System.IO.File.WriteAllBytesAsync(File, bytes);
            var ran = await VerifyAsync();
            if (ran.Code != 0)
            {
                Assert.True(ran.Code is 1 or 65, ran.Error);
                continue;
            }

            Assert.Equal(content, Repacking.Files(File));
            harmless++;
        }

        // Only who wrote the archive, and bits behind the end of compressed data, may change.
        Assert.InRange(harmless, 0, 20);
    }

    private async Task FoundAsync(string file, string pattern, string replacement, string check, string difference)
    {
        await ChangeAsync(file, pattern, replacement);
        var ran = await VerifyAsync("--json");
        Assert.Equal(1, ran.Code);
        Assert.Matches(difference, ran.Json.GetProperty("firstDifference").GetString()!);
        var failed = ran.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("state").GetString() == "FAILED");
        Assert.Equal(check, failed.GetProperty("check").GetString());
    }

    private Task ChangeAsync(string file, string pattern, string replacement) => Repacking.ChangeAsync(
        File, file, text => new Regex(pattern, RegexOptions.CultureInvariant).Replace(text, replacement, 1));
}
