namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>Where PostgreSQL's programs are, and what they need in their environment.</summary>
internal sealed record PostgresPrograms(string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The highest version below the given root that has a server (a client package leaves a folder as well).</summary>
    public static PostgresPrograms? Below(string root, IReadOnlyDictionary<string, string> environment)
    {
        var versions = Path.Combine(root, "usr/lib/postgresql");
        if (!Directory.Exists(versions))
            return null;
        var newest = Directory.EnumerateDirectories(versions)
            .Where(folder => File.Exists(Path.Combine(folder, "bin/postgres")) && File.Exists(Path.Combine(folder, "bin/initdb")))
            .MaxBy(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0);
        return newest is null ? null : new PostgresPrograms(Path.Combine(newest, "bin"), environment);
    }

    public string Program(string name) => Path.Combine(Folder, name);
}

/// <summary>Where RabbitMQ's start script and Erlang's port mapper are.</summary>
internal sealed record RabbitMqPrograms(string Server, string PortMapper, IReadOnlyDictionary<string, string> Environment)
{
    public static RabbitMqPrograms? Below(string root, IReadOnlyDictionary<string, string> environment)
    {
        // Not /usr/sbin/rabbitmq-server: that one changes to the system's own node.
        var server = Path.Combine(root, "usr/lib/rabbitmq/bin/rabbitmq-server");
        var erlang = Path.Combine(root, "usr/lib/erlang");
        if (!File.Exists(server) || !Directory.Exists(erlang))
            return null;
        var mapper = Directory.EnumerateDirectories(erlang, "erts-*")
            .Select(folder => Path.Combine(folder, "bin/epmd"))
            .FirstOrDefault(File.Exists);
        return mapper is null ? null : new RabbitMqPrograms(server, mapper, environment);
    }
}
