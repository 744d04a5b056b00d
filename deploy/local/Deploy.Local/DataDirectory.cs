using System.Security.Cryptography;
using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Servers;

namespace AlignmentMesh.Deploy.Local;

/// <summary>Everything one mesh keeps on this machine: server data, secrets, logs and the record of what runs.</summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataDirectory(string root, bool isTemporary)
    {
        Root = root;
        IsTemporary = isTemporary;
        // Started by root, the servers run under accounts of their own and must get through to their folders.
        PrivateFiles.CreateDirectory(root, Environment.IsPrivilegedProcess
            ? OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : OwnerOnly);
        PrivateFiles.CreateDirectory(Secrets, OwnerOnly);
        PrivateFiles.CreateDirectory(Logs, OwnerOnly);
        PrivateFiles.CreateDirectory(Run, OwnerOnly);
    }

    public string Root { get; }

    /// <summary>True when nothing in it outlives its use, so servers need not be stopped gently and databases get names of their
    /// own.</summary>
    public bool IsTemporary { get; }

    public string Secrets => Path.Combine(Root, "secrets");
    public string Logs => Path.Combine(Root, "logs");
    public string Run => Path.Combine(Root, "run");

    /// <summary>What the checkpoint signer kept. It is no part of a backup of the servers' data.</summary>
    public string Signing => Path.Combine(Root, "signing");

    internal string Packages => Path.Combine(Root, "packages");

    /// <summary>MESH_HOME, otherwise /var/lib/alignmentmesh for root and ~/.alignmentmesh for everybody else.</summary>
    public static string DefaultRoot =>
        Environment.GetEnvironmentVariable("MESH_HOME") is { Length: > 0 } given ? Path.GetFullPath(given)
        : Environment.IsPrivilegedProcess ? "/var/lib/alignmentmesh"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".alignmentmesh");

    /// <exception cref="LocalMeshException">The folder cannot be created or written.</exception>
    public static DataDirectory At(string root) => Open(Path.GetFullPath(root), isTemporary: false);

    public static DataDirectory Default() => At(DefaultRoot);

    /// <summary>A new folder below the given one, by default the machine's temporary one; <see cref="Delete"/> removes it.</summary>
    public static DataDirectory CreateTemporary(DataDirectory? below = null) =>
        Open(Path.Combine(below?.Root ?? Path.GetTempPath(), "alignmentmesh-" + RandomNumberGenerator.GetHexString(10, lowercase: true)),
            isTemporary: true);

    /// <summary>Removes the folder with all data in it.</summary>
    public void Delete()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    /// <summary>Removes all data, secrets and logs, but not the folder and the programs unpacked in it.</summary>
    /// <exception cref="LocalMeshException">A mesh is running on it.</exception>
    public async Task ClearAsync(CancellationToken ct = default)
    {
        using var held = DirectoryLock.Take(this);
        await new RunRecord(this).ClearLeftoversAsync(TimeSpan.FromSeconds(20), TimeProvider.System, ct);
        await Docker.RemoveVolumesAsync(this, ct);
        foreach (var folder in Directory.EnumerateDirectories(Root).Where(folder => folder != Packages && folder != Run))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Root))
            File.Delete(file);
    }

    private static DataDirectory Open(string root, bool isTemporary)
    {
        try
        {
            return new DataDirectory(root, isTemporary);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new LocalMeshException($"The data directory {root} cannot be written: {e.Message} Set MESH_HOME to a folder of yours.",
                e);
        }
    }
}
