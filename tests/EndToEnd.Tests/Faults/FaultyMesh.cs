using System.Collections.Concurrent;
using System.Globalization;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>
/// A mesh to do harm to: servers of its own, a proxy on every connection, failpoints that can be armed, a supervisor that
/// never gives up, and a trace backend that refuses every connection.
/// </summary>
public class FaultyMesh : MeshRun
{
    private readonly ConcurrentDictionary<(string Instance, string Upstream), FaultProxy> _proxies = new();

    /// <summary>What the workload of <see cref="FaultTest"/> is admitted for.</summary>
    public static IReadOnlyList<string> Organisations { get; } = ["lab-a", "lab-b", "lab-c"];

    /// <summary>For a mesh whose services are killed again and again.</summary>
    internal static RestartPolicy NeverGivesUp { get; } =
        new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), Limit: 1000, TimeSpan.FromSeconds(10));

    private string Failpoints => Path.Combine(Directory.Root, "failpoints");

    protected override LocalMeshOptions Options()
    {
        System.IO.Directory.CreateDirectory(Failpoints);
        return new LocalMeshOptions
        {
            Services = MeshService.Pipeline,
            OnlyPrivateServers = true,
            Restarts = NeverGivesUp,
            Rewire = Rewire,
        };
    }

    /// <summary>The line from an instance to <c>Postgres</c>, <c>RabbitMq</c>, <c>RatingIntake</c> or <c>MatrixAggregation</c>.</summary>
    public FaultProxy Line(MeshService service, string upstream) => Line(service.Name, upstream);

    public FaultProxy Line(string instance, string upstream) => _proxies[(instance, upstream)];

    /// <summary>The next process that reaches the point dies there.</summary>
    public void Arm(string failpoint) => File.WriteAllText(Path.Combine(Failpoints, failpoint), "");

    public bool WasReached(string failpoint) => File.Exists(Path.Combine(Failpoints, failpoint + ".reached"));

    /// <summary>A second instance of a service, started for the occasion; whoever asks for it stops it.</summary>
    public async Task<ServiceProcess> SecondAsync(MeshService service, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (environment is null
            && Mesh.Services.Skip(MeshService.Pipeline.Count).FirstOrDefault(each => each.Service == service) is { } known)
        {
            await known.Process.StartAsync();
            return known;
        }

        return await Mesh.StartInstanceAsync(service, environment);
    }

    /// <summary>A connection as administrator to a service's database.</summary>
    public async Task<NpgsqlConnection> DatabaseAsync(MeshService service)
    {
        var admin = new NpgsqlConnectionStringBuilder(Mesh.Servers.PostgresAdmin) { Timeout = 15, CommandTimeout = 30 };
        await using (var server = new NpgsqlConnection(admin.ConnectionString))
        {
            await server.OpenAsync();
            await using var name = new NpgsqlCommand("select datname from pg_database where datname like $1", server);
            name.Parameters.Add(new NpgsqlParameter { Value = service.Database + "%" });
            admin.Database = (string)(await name.ExecuteScalarAsync())!;
        }

        var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task DisposeAsync()
    {
        foreach (var proxy in _proxies.Values) proxy.Heal();
        await base.DisposeAsync();
        foreach (var proxy in _proxies.Values) await proxy.DisposeAsync();
    }

    private void Rewire(string instance, Dictionary<string, string> values)
    {
        values["Failpoints"] = Failpoints;
        values.TryAdd("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
        var postgres = new NpgsqlConnectionStringBuilder(values["ConnectionStrings__Postgres"]);
        postgres.Port = PortTo(instance, "Postgres", postgres.Port);
        postgres.ApplicationName = instance;
        values["ConnectionStrings__Postgres"] = postgres.ConnectionString;
        foreach (var (name, upstream) in new[]
        {
            ("ConnectionStrings__RabbitMq", "RabbitMq"), ("Services__RatingIntake", "RatingIntake"),
            ("Services__MatrixAggregation", "MatrixAggregation"),
        })
        {
            var address = new UriBuilder(values[name]);
            address.Port = PortTo(instance, upstream, address.Port);
            values[name] = address.Uri.AbsoluteUri.TrimEnd('/') + (upstream == "RabbitMq" ? "/" : "");
        }
    }

    private int PortTo(string instance, string upstream, int port) =>
        _proxies.GetOrAdd((instance, upstream), _ => new FaultProxy(port)).Port;

    /// <summary>Resident memory of a process in MiB.</summary>
    public static long MemoryOf(int processId)
    {
        var line = File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status")
            .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}

[CollectionDefinition(Name)]
public sealed class OnFaultyMesh : ICollectionFixture<FaultyMesh>
{
    public const string Name = "a mesh to do harm to";
}
