using System.IO.Compression;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Writes a bundle under a temporary name beside its own, which it gets when it is complete: there is never half of one.</summary>
internal sealed class BundleWriter : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly List<BundleFile> _files = [];
    private bool _complete;

    /// <exception cref="CommandException">The file cannot be written.</exception>
    public BundleWriter(string path)
    {
        (_path, _draft) = (path, path + ".partial");
        try
        {
            _file = new FileStream(_draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadUsage($"'{path}' cannot be written: {e.Message}", "Name a file in a folder that you may write.", e);
        }

        _archive = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Adds a file of lines.</summary>
    public async Task AddLinesAsync<T>(string name, IAsyncEnumerable<T> items, CancellationToken ct)
    {
        await using var stream = Open(name);
        await foreach (var item in items.WithCancellation(ct))
        {
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(item, ContractJson.Options), ct);
            await stream.WriteAsync(NewLine, ct);
        }
    }

    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using var stream = Open(name);
        await stream.WriteAsync(content, ct);
    }

    /// <summary>Writes the manifest and gives the file its name.</summary>
    public async Task<BundleManifest> CompleteAsync(string study, long size, string root, CancellationToken ct)
    {
        var version = typeof(BundleWriter).Assembly.GetName().Version!.ToString(3);
        var files = _files.OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        var manifest = new BundleManifest(BundleFormat.Id, study, size, root, $"mesh {version}", files);
        await AddAsync(BundleFormat.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, Json.Contract), ct);
        _archive.Dispose();
        if (_file.Length > BundleFormat.MostBytes || files.Any(file => file.Bytes > BundleFormat.MostBytes))
            throw new CommandException(
                ExitCode.Failed, "The bundle would be longer than 4 GiB.", "Export a smaller --size, or without --full and --texts.");
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_draft, _path, overwrite: true);
        _complete = true;
        return manifest;
    }

    public void Dispose()
    {
        if (_complete) return;
        _archive.Dispose();
        _file.Dispose();
        File.Delete(_draft);
    }

    private HashedStream Open(string name)
    {
        var entry = _archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = BundleFormat.Timestamp;
        return new HashedStream(entry.Open(), (bytes, sha256) => _files.Add(new BundleFile(name, bytes, sha256)));
    }
}
