using System.IO.Compression;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A bundle that is open for reading; what was read of it is counted and hashed on the way.</summary>
internal sealed class Bundle : IDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, BundleFile> _seen = [];

    /// <exception cref="NotABundleException">The file is no archive of a bundle.</exception>
    /// <exception cref="CommandException">The file cannot be opened.</exception>
    public Bundle(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadUsage($"'{path}' cannot be read: {e.Message}", "Name a file that exists and that you may read.", e);
        }

        try
        {
            Files = ArchiveLayout.Read(_file);
            _file.Position = 0;
            _archive = new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException damaged)
        {
            _file.Dispose();
            throw new NotABundleException(damaged.Message, damaged);
        }
        catch (NotABundleException)
        {
            _file.Dispose();
            throw;
        }
    }

    public IReadOnlyList<ArchivedFile> Files { get; }

    public long Bytes => _file.Length;

    public bool Has(string name) => Files.Any(file => file.Name == name);

    /// <summary>Length and hash of a file that was read to its end.</summary>
    public BundleFile? Seen(string name) => _seen.GetValueOrDefault(name);

    /// <summary>A whole small file.</summary>
    /// <exception cref="NotABundleException">It is too long, or damaged.</exception>
    public byte[] ReadAll(string name)
    {
        if (Files.First(file => file.Name == name).Bytes > BundleFormat.LongestLine)
            throw new NotABundleException($"{name} is longer than {BundleFormat.LongestLine} bytes");
        using var stream = Open(name);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = Read(name, stream, buffer)) > 0;) content.Write(buffer, 0, read);
        return content.ToArray();
    }

    public BundleLines<T> Lines<T>(string name)
        where T : class => new(name, Open(name));

    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }

    /// <summary>Reads what comes next of a file.</summary>
    /// <exception cref="NotABundleException">What was compressed is damaged.</exception>
    public static int Read(string name, Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new NotABundleException($"{name} cannot be decompressed beyond byte {stream.Position}: {damaged.Message}", damaged);
        }
    }

    private HashedStream Open(string name)
    {
        var limit = Files.First(file => file.Name == name).Bytes;
        return new HashedStream(
            _archive.GetEntry(name)!.Open(), (bytes, sha256) => _seen[name] = new BundleFile(name, bytes, sha256), limit);
    }
}
