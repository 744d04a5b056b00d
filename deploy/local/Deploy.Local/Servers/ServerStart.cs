using AlignmentMesh.Deploy.Local.Processes;
using Npgsql;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <param name="Programs">Null where the server runs elsewhere.</param>
internal sealed record StartedPostgres(
    NpgsqlConnectionStringBuilder Admin, IReadOnlyList<SupervisedProcess> Processes, PostgresPrograms? Programs = null);

internal sealed record StartedRabbitMq(Uri Address, Uri? Management, IReadOnlyList<SupervisedProcess> Processes);

/// <summary>Starts both servers side by side, each from the first source that has it.</summary>
internal static class ServerStart
{
    public static async Task<(StartedPostgres Postgres, StartedRabbitMq RabbitMq)> BothAsync(
        Supervision supervision, bool onlyPrivate, CancellationToken ct)
    {
        var givenPostgres = onlyPrivate ? null : Given("MESH_POSTGRES");
        var givenRabbitMq = onlyPrivate ? null : Given("MESH_RABBITMQ");
        var found = await ServerSearch.FindAsync(givenPostgres is null, givenRabbitMq is null, supervision, ct);
        var ports = new PortBook(supervision.Directory);
        var postgres = givenPostgres is null ? PostgresAsync(found, ports, supervision, ct) : Task.FromResult(Postgres(givenPostgres));
        var rabbitMq = givenRabbitMq is null ? RabbitMqAsync(found, ports, supervision, ct) : Task.FromResult(RabbitMq(givenRabbitMq));
        try
        {
            await Task.WhenAll(postgres, rabbitMq);
            return (await postgres, await rabbitMq);
        }
        catch (Exception)
        {
            SupervisedProcess[] started = [.. await Started(rabbitMq, r => r.Processes), .. await Started(postgres, p => p.Processes)];
            foreach (var process in started)
                await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<StartedPostgres> PostgresAsync(
        FoundServers found, PortBook ports, Supervision supervision, CancellationToken ct)
    {
        if (found.Postgres is not { } programs)
            return await DockerServers.PostgresAsync(ports, supervision, ct);
        var server = new PostgresServer(programs, ports, supervision);
        var process = await server.StartAsync(ct);
        return new StartedPostgres(server.Admin, [process], programs);
    }

    private static async Task<StartedRabbitMq> RabbitMqAsync(
        FoundServers found, PortBook ports, Supervision supervision, CancellationToken ct)
    {
        if (found.RabbitMq is not { } programs)
            return await DockerServers.RabbitMqAsync(ports, supervision, ct);
        var server = new RabbitMqServer(programs, ports, supervision);
        var processes = await server.StartAsync(ct);
        return new StartedRabbitMq(server.Address, server.Management, processes);
    }

    private static StartedPostgres Postgres(string connectionString)
    {
        try
        {
            return new StartedPostgres(new NpgsqlConnectionStringBuilder(connectionString), []);
        }
        catch (ArgumentException e)
        {
            throw new LocalMeshException($"MESH_POSTGRES is not a connection string (Host=...;Username=...;Password=...): {e.Message}", e);
        }
    }

    private static StartedRabbitMq RabbitMq(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var broker) || broker.Scheme is not ("amqp" or "amqps"))
            throw new LocalMeshException("MESH_RABBITMQ is not an address like amqp://user:password@host:5672/.");
        var management = Given("MESH_RABBITMQ_MANAGEMENT") is { } given ? new Uri(given) : null;
        return new StartedRabbitMq(broker, management, []);
    }

    private static async Task<IReadOnlyList<SupervisedProcess>> Started<T>(
        Task<T> start, Func<T, IReadOnlyList<SupervisedProcess>> processes)
    {
        await Task.WhenAny(start);
        return start.IsCompletedSuccessfully ? processes(await start) : [];
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
