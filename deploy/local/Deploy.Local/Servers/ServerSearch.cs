using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>What was found; null where nothing was looked for, or where Docker has to run it.</summary>
internal sealed record FoundServers(PostgresPrograms? Postgres, RabbitMqPrograms? RabbitMq);

/// <summary>
/// Finds or fetches the servers' programs: on this machine, in Docker, by apt as root, by apt into our own folder otherwise.
/// </summary>
internal static class ServerSearch
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>MESH_IGNORE_INSTALLED=1 makes a machine look as if it had no servers yet.</summary>
    public static bool IgnoresInstalled => Environment.GetEnvironmentVariable("MESH_IGNORE_INSTALLED") == "1";

    public static async Task<FoundServers> FindAsync(bool needsPostgres, bool needsRabbitMq, Supervision supervision, CancellationToken ct)
    {
        var found = IgnoresInstalled ? new FoundServers(null, null) : In("/", Nothing);
        var (lacksPostgres, lacksRabbitMq) = (needsPostgres && found.Postgres is null, needsRabbitMq && found.RabbitMq is null);
        if (!lacksPostgres && !lacksRabbitMq)
            return found;
        if (await Docker.IsRunningAsync(ct))
            return found;
        if (!HasApt)
            throw new LocalMeshException(Advice);
        try
        {
            if (Environment.IsPrivilegedProcess && !IgnoresInstalled)
            {
                await AptInstall.RunAsync(lacksPostgres, lacksRabbitMq, supervision, ct);
                return In("/", Nothing);
            }
            var root = await new AptUnpack(DataDirectory.Default().Packages, supervision).RootAsync(ct);
            var unpacked = In(root, AptUnpack.EnvironmentOf(root));
            return new FoundServers(found.Postgres ?? unpacked.Postgres, found.RabbitMq ?? unpacked.RabbitMq);
        }
        catch (LocalMeshException e)
        {
            throw new LocalMeshException($"{Advice}\napt could not help: {e.Message}", e);
        }
    }

    private static FoundServers In(string root, IReadOnlyDictionary<string, string> environment) =>
        new(PostgresPrograms.Below(root, environment), RabbitMqPrograms.Below(root, environment));

    private static bool HasApt => File.Exists("/etc/debian_version") && File.Exists("/usr/bin/apt-get");

    private static string Advice =>
        "A mesh needs PostgreSQL 14 or later and RabbitMQ 3.10 or later. Do one of these:\n"
        + "  install them (Debian, Ubuntu: apt-get install postgresql rabbitmq-server), or\n"
        + "  start a Docker engine this user may use, or\n"
        + "  set MESH_POSTGRES (Host=...;Username=...;Password=... of an administrator) and MESH_RABBITMQ "
            + "(amqp://user:password@host:5672/).";
}
