using System.Diagnostics;
using System.Security.Cryptography;
using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Servers;
using Npgsql;

namespace AlignmentMesh.Deploy.Local;

/// <summary>
/// A PostgreSQL and a RabbitMQ for one machine: those given by MESH_POSTGRES (administrator's connection string) and
/// MESH_RABBITMQ (amqp address), otherwise private ones started here from the data directory.
/// </summary>
public sealed class LocalServers : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly DirectoryLock _lock;
    private readonly NpgsqlConnectionStringBuilder _admin;
    private readonly Databases _databases;
    private readonly IReadOnlyList<SupervisedProcess> _postgres;
    private readonly IReadOnlyList<SupervisedProcess> _rabbitMq;
    private readonly PostgresPrograms? _programs;
    private string? _virtualHost;

    private LocalServers(Supervision supervision, DirectoryLock @lock, StartedPostgres postgres, StartedRabbitMq rabbitMq)
    {
        (Supervision, _directory, _lock, _admin) = (supervision, supervision.Directory, @lock, postgres.Admin);
        (_postgres, _rabbitMq, _programs) = (postgres.Processes, rabbitMq.Processes, postgres.Programs);
        (RabbitMqUri, RabbitMqManagement) = (rabbitMq.Address, rabbitMq.Management);
        _databases = new Databases(_admin, _directory);
    }

    public string PostgresHost => _admin.Host!;
    public int PostgresPort => _admin.Port;

    /// <summary>The administrator's connection string.</summary>
    public string PostgresAdmin => _admin.ConnectionString;

    /// <summary>amqp://user:password@127.0.0.1:port/ and, on a broker shared by several test runs, a virtual host of our own.</summary>
    public Uri RabbitMqUri { get; private set; }

    /// <summary>The base address of the management interface; null when it is not known.</summary>
    public Uri? RabbitMqManagement { get; }

    /// <summary>The private server's process, to kill and start again.</summary>
    /// <exception cref="InvalidOperationException">The server was given by MESH_POSTGRES.</exception>
    public SupervisedProcess Postgres => Own(_postgres, "MESH_POSTGRES");

    /// <summary>The private broker's process, to kill and start again.</summary>
    /// <exception cref="InvalidOperationException">The broker was given by MESH_RABBITMQ.</exception>
    public SupervisedProcess RabbitMq => Own(_rabbitMq, "MESH_RABBITMQ");

    internal Supervision Supervision { get; }

    /// <summary>How to start a program that came with the private server (pgbench, pg_dump); null where there is none.</summary>
    public ProcessStartInfo? PostgresProgram(string name)
    {
        if (_programs is null || !File.Exists(_programs.Program(name)))
            return null;
        var start = new ProcessStartInfo(_programs.Program(name));
        foreach (var (variable, value) in _programs.Environment)
            start.Environment[variable] = value;
        return start;
    }

    /// <param name="directory">Where data, secrets and logs are; one mesh at a time.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="onlyPrivate">Start servers of our own even where others are given: for tests that kill them.</param>
    /// <exception cref="LocalMeshException">No server to be had, one that does not start,
    /// or another mesh on the same directory.</exception>
    public static async Task<LocalServers> StartAsync(
        DataDirectory directory, IProgress<MeshStep>? progress = null, bool onlyPrivate = false, CancellationToken ct = default)
    {
        var held = DirectoryLock.Take(directory);
        try
        {
            var supervision = Supervision.For(directory, progress);
            foreach (var part in await supervision.Record.ClearLeftoversAsync(supervision.StopLimit, supervision.Clock, ct))
                supervision.Progress.Report(new MeshStep(part, PartState.Stopped, "left over from a mesh that was killed"));
            var (postgres, rabbitMq) = await ServerStart.BothAsync(supervision, onlyPrivate, ct);
            var servers = new LocalServers(supervision, held, postgres, rabbitMq);
            return await servers.SeparatedAsync(ct);
        }
        catch (Exception)
        {
            held.Dispose();
            if (directory.IsTemporary)
                directory.Delete();
            throw;
        }
    }

    /// <summary>Creates the database and its owner unless they exist, and returns the owner's connection string.</summary>
    /// <param name="name">Letters a-z, digits and _; in a temporary directory a random suffix is added.</param>
    /// <exception cref="LocalMeshException">The server cannot be reached, or does not let its user do so.</exception>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken ct = default)
    {
        try
        {
            return await _databases.CreateAsync(name, ct);
        }
        catch (NpgsqlException e)
        {
            throw new LocalMeshException($"The database {name} cannot be created: {e.Message}. Check MESH_POSTGRES if it is set.", e);
        }
    }

    /// <summary>Stops the broker, then the database; removes a temporary directory.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await GiveBackAsync();
        }
        finally
        {
            await StopAsync(_rabbitMq);
            await StopAsync(_postgres);
            _lock.Dispose();
            if (_directory.IsTemporary)
                _directory.Delete();
        }
    }

    /// <summary>Removes what was made on servers that outlive this directory.</summary>
    private async Task GiveBackAsync()
    {
        if (_virtualHost is not null)
        {
            using var management = Servers.RabbitMqManagement.Of(RabbitMqManagement!, RabbitMqUri);
            await TryAsync($"virtual host {_virtualHost}", () => management.DeleteVirtualHostAsync(_virtualHost, default));
        }
        if (_directory.IsTemporary && _postgres.Count == 0)
            await TryAsync("databases", _databases.DropAsync);
    }

    /// <summary>What cannot be removed is said to be left; it must not keep the rest from being stopped.</summary>
    private async Task TryAsync(string what, Func<Task> remove)
    {
        try
        {
            await remove();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or NpgsqlException)
        {
            Supervision.Progress.Report(new MeshStep("servers", PartState.Stopping, $"left behind: {what}: {e.Message}"));
        }
    }

    /// <summary>On a broker that several test runs share, each gets a virtual host of its own.</summary>
    private async Task<LocalServers> SeparatedAsync(CancellationToken ct)
    {
        if (!_directory.IsTemporary || _rabbitMq.Count > 0 || RabbitMqManagement is null)
            return this;
        var name = "mesh-" + RandomNumberGenerator.GetHexString(10, lowercase: true);
        using var management = Servers.RabbitMqManagement.Of(RabbitMqManagement, RabbitMqUri);
        try
        {
            await management.CreateVirtualHostAsync(name, ct);
        }
        catch (Exception)
        {
            await DisposeAsync();
            throw;
        }
        (_virtualHost, RabbitMqUri) = (name, new UriBuilder(RabbitMqUri) { Path = name }.Uri);
        return this;
    }

    private async Task StopAsync(IReadOnlyList<SupervisedProcess> processes)
    {
        foreach (var process in processes)
        {
            // A broker takes seconds to stop gently, which data about to be deleted does not need.
            if (_directory.IsTemporary)
                await process.KillAsync();
            await process.DisposeAsync();
        }
    }

    private static SupervisedProcess Own(IReadOnlyList<SupervisedProcess> processes, string variable) => processes.Count > 0
        ? processes[0]
        : throw new InvalidOperationException($"The server given by {variable} is not ours to stop; start with onlyPrivate.");
}
