using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>Null where a server was not looked for.</summary>
internal sealed record FoundServers(PostgresPrograms? Postgres, RabbitMqPrograms? RabbitMq);

/// <summary>Finds the servers' programs on this machine.</summary>
internal static class ServerSearch
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static Task<FoundServers> FindAsync(bool needsPostgres, bool needsRabbitMq, Supervision supervision, CancellationToken ct)
    {
        var found = new FoundServers(
            needsPostgres ? PostgresPrograms.Below("/", Nothing) : null,
            needsRabbitMq ? RabbitMqPrograms.Below("/", Nothing) : null);
        if ((needsPostgres && found.Postgres is null) || (needsRabbitMq && found.RabbitMq is null))
            throw new LocalMeshException("PostgreSQL and RabbitMQ are needed: install postgresql and rabbitmq-server, or set MESH_POSTGRES and MESH_RABBITMQ.");
        return Task.FromResult(found);
    }
}
