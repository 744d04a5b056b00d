using System.Buffers.Binary;
using System.Text;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>One file as the archive's directory describes it.</summary>
internal sealed record ArchivedFile(string Name, long Compressed, long Bytes);

/// <summary>
/// Reads an archive's structure before anything is decompressed, and refuses all that a bundle does not need: other files than its
/// own, comments, encryption, 64-bit extensions, bytes before, between or behind the files, lengths that cannot be true.
/// </summary>
internal static class ArchiveLayout
{
    private const uint LocalSignature = 0x04034b50;
    private const uint DirectorySignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const int LocalSize = 30;
    private const int DirectorySize = 46;
    private const int EndSize = 22;
    private const int Utf8Flag = 0x800;
    private const int LevelFlags = 0x6;
    private const int Mebibyte = 1024 * 1024;

    /// <exception cref="NotABundleException">Anything that is not as a bundle's archive is.</exception>
    public static IReadOnlyList<ArchivedFile> Read(Stream file)
    {
        if (file.Length is < EndSize or > BundleFormat.MostBytes)
            throw new NotABundleException($"it has {file.Length} bytes; allowed are {EndSize} to {BundleFormat.MostBytes}");
        var end = At(file, file.Length - EndSize, EndSize);
        Require(U32(end, 0) == EndSignature, "it does not end as a ZIP archive without comment does: cut short, or followed by something");
        Require(U16(end, 4) == 0 && U16(end, 6) == 0 && U16(end, 8) == U16(end, 10), "the archive has several parts");
        Require(U16(end, 20) == 0, "the archive has a comment");
        int count = U16(end, 10);
        Require(count <= BundleFormat.All.Count, $"the archive has {count} files; allowed are {BundleFormat.All.Count}");
        long size = U32(end, 12), start = U32(end, 16);
        Require(start + size == file.Length - EndSize, "the archive's directory is not just before its end");
        var files = ReadDirectory(file, At(file, start, (int)Math.Min(size, Mebibyte)), count, start);
        var twice = files.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Require(twice is null, $"the archive has the file {twice?.Key} twice");
        foreach (var name in BundleFormat.Required)
            Require(files.Any(one => one.Name == name), $"the archive lacks the file {name}");
        return files;
    }

    private static List<ArchivedFile> ReadDirectory(Stream file, byte[] directory, int count, long start)
    {
        var files = new List<ArchivedFile>();
        long next = 0;
        var at = 0;
        for (var read = 0; read < count; read++)
        {
            Require(
                directory.Length >= at + DirectorySize && U32(directory, at) == DirectorySignature, "the archive's directory is damaged");
            int name = U16(directory, at + 28), extra = U16(directory, at + 30), comment = U16(directory, at + 32);
            Require(extra == 0 && comment == 0 && U16(directory, at + 34) == 0, "a file in the archive has additional fields");
            Require(directory.Length >= at + DirectorySize + name, "the archive's directory is damaged");
            var found = Describe(directory, at, name);
            Require(U32(directory, at + 42) == next, $"something lies before the file {found.Name}, or it overlaps another");
            next = End(file, directory.AsSpan(at, DirectorySize + name), found, next);
            files.Add(found);
            at += DirectorySize + name;
        }

        Require(at == directory.Length && next == start, "something lies between the archive's files and its directory");
        return files;
    }

    private static ArchivedFile Describe(byte[] directory, int at, int nameLength)
    {
        var name = Encoding.ASCII.GetString(directory, at + DirectorySize, nameLength);
        Require(BundleFormat.All.Contains(name, StringComparer.Ordinal), $"the archive has a file {Shown(name)}, which no bundle has");
        Require((U16(directory, at + 8) & ~(Utf8Flag | LevelFlags)) == 0, $"the file {name} is encrypted or of unknown length");
        Require(U16(directory, at + 10) is 0 or 8, $"the file {name} is compressed in a way that no bundle is");
        long compressed = U32(directory, at + 20), bytes = U32(directory, at + 24);
        Require(
            bytes <= Mebibyte || bytes / BundleFormat.HighestRatio <= compressed,
            $"the file {name} claims {bytes} bytes from {compressed}; allowed are {BundleFormat.HighestRatio} for one");
        return new ArchivedFile(name, compressed, bytes);
    }

    /// <summary>Where the file's data ends, if its own header says what the directory says.</summary>
    private static long End(Stream file, ReadOnlySpan<byte> listed, ArchivedFile found, long start)
    {
        var header = At(file, start, LocalSize);
        Require(U32(header, 0) == LocalSignature && U16(header, 28) == 0, $"the header of {found.Name} is damaged");
        // Version, flags, method, time, checksum and lengths stand in both, in the same order.
        Require(header.AsSpan(4, 24).SequenceEqual(listed.Slice(6, 24)), $"header and directory differ about {found.Name}");
        var name = At(file, start + LocalSize, U16(header, 26));
        Require(name.AsSpan().SequenceEqual(listed[DirectorySize..]), $"header and directory differ about {found.Name}");
        return start + LocalSize + name.Length + found.Compressed;
    }

    private static byte[] At(Stream file, long position, int count)
    {
        Require(position >= 0 && position + count <= file.Length, "the archive is cut short");
        var bytes = new byte[count];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string Shown(string name) => new(
        [.. name.Take(60).Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '/' ? character : '?')]);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new NotABundleException(otherwise);
    }
}

/// <summary>The file is no bundle; the message says why and reads on after "It is no audit bundle: ".</summary>
internal sealed class NotABundleException(string because, Exception? inner = null) : Exception(because, inner);
