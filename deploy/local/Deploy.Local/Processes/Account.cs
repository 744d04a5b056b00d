namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>A user of this machine that a server runs as when root starts it.</summary>
internal sealed record Account(string Name, uint UserId, uint GroupId)
{
    /// <summary>The first of the named users this machine has; null for anybody but root, whose servers run as themselves.</summary>
    public static Account? ForServer(params ReadOnlySpan<string> names)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        foreach (var name in names)
        {
            if (known.Find(fields => fields[0] == name) is { } found)
                return new Account(name, uint.Parse(found[2], Invariant), uint.Parse(found[3], Invariant));
        }
        throw new LocalMeshException(
            $"This machine has none of the users {string.Join(", ", names)}, and its server must not run as root.");
    }

    /// <exception cref="LocalMeshException">A folder above the given one lets only its owner pass.</exception>
    public void MustReach(string folder)
    {
        for (var parent = new DirectoryInfo(folder).Parent; parent is not null; parent = parent.Parent)
        {
            if ((File.GetUnixFileMode(parent.FullName) & UnixFileMode.OtherExecute) == 0)
                throw new LocalMeshException(
                    $"The user {Name}, which the server runs as, cannot get through {parent.FullName}. Set MESH_HOME to another folder.");
        }
    }

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
