using AlignmentMesh.Deploy.Local.Processes;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>Both servers from their official images, for machines that have Docker and nothing else.</summary>
internal static class DockerServers
{
    public static async Task<StartedPostgres> PostgresAsync(PortBook ports, Supervision supervision, CancellationToken ct)
    {
        var docker = new Docker("postgresql", "postgres:17", "/var/lib/postgresql/data", supervision);
        var password = PrivateFiles.Password(Path.Combine(supervision.Directory.Secrets, "postgresql.password"));
        var environment = new Dictionary<string, string>
        {
            ["POSTGRES_USER"] = PostgresServer.Superuser,
            ["POSTGRES_PASSWORD"] = password,
            ["POSTGRES_INITDB_ARGS"] = "--data-checksums --auth-host=scram-sha-256",
        };
        var port = 0;
        NpgsqlConnectionStringBuilder Admin() => PostgresServer.AdminAt(port, password);
        Launch Launch() => docker.Launch([(port, 5432)], environment, "-c", "max_connections=300", "-c",
            "jit=off") with
        { StopSignal = Posix.Interrupt };
        var process = await Attempts.OnFreshPortsAsync(
            () => port = ports.Take("postgresql"),
            () => new SupervisedProcess("postgresql", Launch, ct => PostgresServer.AnswersAsync(Admin(), ct), supervision), ct);
        return new StartedPostgres(Admin(), [process]);
    }

    public static async Task<StartedRabbitMq> RabbitMqAsync(PortBook ports, Supervision supervision, CancellationToken ct)
    {
        var docker = new Docker("rabbitmq", "rabbitmq:3.13-management", "/var/lib/rabbitmq", supervision);
        var password = PrivateFiles.Password(Path.Combine(supervision.Directory.Secrets, "rabbitmq.password"));
        var environment = new Dictionary<string, string>
        {
            ["RABBITMQ_DEFAULT_USER"] = RabbitMqServer.User,
            ["RABBITMQ_DEFAULT_PASS"] = password,
            // The node's data belongs to its name, and a container gets a new one each time.
            ["RABBITMQ_NODENAME"] = "mesh@localhost",
        };
        var (port, managementPort) = (0, 0);
        Uri Management() => RabbitMqServer.ManagementAt(managementPort);
        async Task<bool> IsReadyAsync(CancellationToken ct)
        {
            using var management = new RabbitMqManagement(Management(), RabbitMqServer.User, password);
            return await management.IsListeningAsync(5672, ct);
        }
        var process = await Attempts.OnFreshPortsAsync(
            () => (port, managementPort) = (ports.Take("rabbitmq"), ports.Take("rabbitmq-management")),
            () => new SupervisedProcess(
                "rabbitmq", () => docker.Launch([(port, 5672), (managementPort, 15672)], environment), IsReadyAsync, supervision), ct);
        return new StartedRabbitMq(RabbitMqServer.AddressAt(port, password), Management(), [process]);
    }
}
