using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>Changes a bundle as somebody would who knows its format: the manifest is made to fit what it lists.</summary>
internal static class Repacking
{
    public static Dictionary<string, string> Files(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }

    /// <summary>The bundle with other files, and a manifest with their lengths and hashes, and with size and root of the entries.</summary>
    public static async Task WriteAsync(string path, IReadOnlyDictionary<string, string> files)
    {
        var manifest = JsonSerializer.Deserialize<BundleManifest>(files[BundleFormat.Manifest], ContractJson.Options)!;
        var (size, root) = Tree(files[BundleFormat.Entries]);
        using var bundle = new BundleWriter(path);
        foreach (var (name, content) in files.Where(file => file.Key != BundleFormat.Manifest))
            await bundle.AddAsync(name, Encoding.UTF8.GetBytes(content), default);
        await bundle.CompleteAsync(manifest.Study, size, root, default);
    }

    public static async Task ChangeAsync(string path, string file, Func<string, string> change)
    {
        var files = Files(path);
        var before = files[file];
        files[file] = change(before);
        Assert.NotEqual(before, files[file]);
        await WriteAsync(path, files);
    }

    /// <summary>An archive of any files, as nobody honest writes it.</summary>
    public static void WriteRaw(string path, params IEnumerable<(string Name, byte[] Content)> files)
    {
        using var archive = new ZipArchive(new FileStream(path, FileMode.Create), ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
            stream.Write(content);
        }
    }

    public static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static (long Size, string Root) Tree(string entries)
    {
        var range = new CompactRange();
        foreach (var line in entries.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(
                JsonSerializer.Deserialize<LedgerEntry>(line, ContractJson.Options)!.Leaf)));
        return (range.Size, Convert.ToHexStringLower(range.Root()));
    }
}
