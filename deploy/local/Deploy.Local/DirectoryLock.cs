namespace AlignmentMesh.Deploy.Local;

/// <summary>One mesh per data directory. The kernel releases the lock with the process, however that ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="LocalMeshException">Another process holds the lock.</exception>
    public static DirectoryLock Take(DataDirectory directory) =>
        TryTake(directory) ?? throw new LocalMeshException(
            $"A mesh is already running on {directory.Root}. Stop it with `mesh down`, or set MESH_HOME to another folder.");

    public static bool IsTaken(DataDirectory directory)
    {
        using var mine = TryTake(directory);
        return mine is null;
    }

    public void Dispose() => _file.Dispose();

    private static DirectoryLock? TryTake(DataDirectory directory)
    {
        try
        {
            return new DirectoryLock(new FileStream(Path.Combine(directory.Run, "lock"), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
