using System.Text;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>Files that are made to hurt whoever opens them: refused before anything of them is used, in little memory.</summary>
public sealed class HostileArchiveTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "bundle.zip");

    public async Task InitializeAsync()
    {
        await using var mesh = await FakeMesh.StartAsync();
        mesh.Ledger.RatedBy(3);
        Assert.Equal(0, (await mesh.RunAsync("audit", "export", "audited", "-o", File)).Code);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Bytes_before_between_or_behind_the_files_are_refused()
    {
        var sound = await System.IO.File.ReadAllBytesAsync(File);
        await RefusedAsync([.. sound, 0], "cut short, or followed by something");
        await RefusedAsync([0, .. sound], "the archive's directory is not just before its end");
        await RefusedAsync(sound[..^1], "cut short, or followed by something");
        await RefusedAsync([], "it has 0 bytes");
        await RefusedAsync([.. "This is no archive, but a text that is long enough."u8], "it does not end as a ZIP archive");
        var commented = sound.ToArray();
        commented[^2] = 4;
        await RefusedAsync([.. commented, .. "note"u8], "cut short, or followed by something");
    }

    [Theory]
    [InlineData("../../etc/passwd", "has a file ../../etc/passwd, which no bundle has")]
    [InlineData("/etc/passwd", "which no bundle has")]
    [InlineData("entries.ndjson/x", "which no bundle has")]
    [InlineData("Entries.ndjson", "which no bundle has")]
    [InlineData("a\u0000b", "has a file a?b, which no bundle has")]
    public async Task Files_that_no_bundle_has_are_refused(string name, string reason)
    {
        WriteWith((name, "x"u8.ToArray()));
        await RefusedAsync(reason);
    }

    [Fact]
    public async Task A_file_twice_or_a_missing_one_or_too_many_are_refused()
    {
        WriteWith((BundleFormat.Entries, "x"u8.ToArray()));
        await RefusedAsync("has the file entries.ndjson twice");
        Repacking.WriteRaw(File, [("manifest.json", "{}"u8.ToArray())]);
        await RefusedAsync("lacks the file methods.json");
        Repacking.WriteRaw(File, [.. Enumerable.Range(0, 70_000).Select(at => ($"f{at}", Array.Empty<byte>()))]);
        await RefusedAsync("the archive has");
    }

    [Fact]
    public async Task A_bomb_is_refused_by_its_ratio_before_it_goes_off()
    {
        WriteWith((BundleFormat.Policy, new byte[200 * 1024 * 1024]));
        // Of the whole process, in which other tests run: the least of some.
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RefusedAsync("the file policy claims 209715200 bytes from");
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, 20_000_000);
    }

    [Fact]
    public async Task A_length_that_is_not_true_is_refused()
    {
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        // The directory's entry of the first file, and its header: both say that it decompresses to ten bytes.
        var directory = BitConverter.ToInt32(bytes, bytes.Length - 6);
        BitConverter.GetBytes(10).CopyTo(bytes, directory + 24);
        BitConverter.GetBytes(10).CopyTo(bytes, 22);
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        await RefusedAsync("entries.ndjson");
    }

    [Fact]
    public async Task Deep_or_repeated_or_unknown_JSON_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"study\":", 100)) + "1" + new string('}', 100);
        await ChangedAsync(BundleFormat.Matrices, deep + "\n", "line 1 of matrices.ndjson is not as expected");
        await ChangedAsync(BundleFormat.Versions, """{"version":7,"version":7}""" + "\n", "line 1 of versions.ndjson is not as expected");
        await ChangedAsync(BundleFormat.Redactions, """{"index":1,"reason":"x","and":2}""" + "\n", "line 1 of redactions.ndjson");
        await ChangedAsync(BundleFormat.Risks, "null\n", "line 1 of risks.ndjson");
        await ChangedAsync(BundleFormat.Risks, "{}", "risks.ndjson does not end with a whole line");
        await ChangedAsync(BundleFormat.Methods, "[]", "methods.json is not as expected");
    }

    [Fact]
    public async Task A_manifest_that_lists_other_files_or_none_is_refused()
    {
        var files = Repacking.Files(File);
        files[BundleFormat.Manifest] = "{}";
        RewriteRaw(files);
        await RefusedAsync("manifest.json is not as expected");
        files[BundleFormat.Manifest] = """{"format":"other/1","study":"s","size":1,"root":"","createdBy":"x","files":[]}""";
        RewriteRaw(files);
        await RefusedAsync("its format is 'other/1'");
        files[BundleFormat.Manifest] = files[BundleFormat.Manifest].Replace("other/1", BundleFormat.Id, StringComparison.Ordinal);
        RewriteRaw(files);
        var ran = await Mesh.RunAsync("audit", "verify", File);
        Assert.Equal(1, ran.Code);
        Assert.Contains("the manifest does not list entries.ndjson", ran.Out);
    }

    private async Task ChangedAsync(string file, string content, string reason)
    {
        var files = Repacking.Files(File);
        var before = files[file];
        files[file] = content;
        await Repacking.WriteAsync(File, files);
        await RefusedAsync(reason);
        files[file] = before;
        await Repacking.WriteAsync(File, files);
    }

    private void WriteWith((string Name, byte[] Content) more) => Repacking.WriteRaw(
        File, [.. Repacking.Files(File).Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value))), more]);

    private void RewriteRaw(Dictionary<string, string> files) =>
        Repacking.WriteRaw(File, files.Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value))));

    private async Task RefusedAsync(byte[] bytes, string reason)
    {
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        await RefusedAsync(reason);
    }

    private async Task RefusedAsync(string reason)
    {
        var ran = await Mesh.RunAsync("audit", "verify", File);
        Assert.Equal(65, ran.Code);
        Assert.Contains("is no audit bundle", ran.Error);
        Assert.Contains(reason, ran.Error);
        Assert.Empty(ran.Out);
    }
}
