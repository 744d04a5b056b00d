using System.Globalization;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Processes;
using AlignmentMesh.Deploy.Local.Servers;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Deploy.Local;

/// <summary>A whole mesh on this machine: database server, broker, and every service as a process of its own.</summary>
public sealed class LocalMesh : IAsyncDisposable
{
    private readonly LocalMeshOptions _options;
    private readonly Supervision _supervision;
    private readonly PortBook _ports;
    private readonly List<ServiceProcess> _services = [];
    private ServiceEnvironment? _environment;

    private LocalMesh(LocalServers servers, LocalKeys keys, LocalMeshOptions options, Supervision supervision)
    {
        (Servers, Keys, _options, _supervision) = (servers, keys, options, supervision);
        _ports = new PortBook(supervision.Directory);
    }

    public LocalServers Servers { get; }
    public LocalKeys Keys { get; }

    /// <summary>Every running instance, in the order they were started.</summary>
    public IReadOnlyList<ServiceProcess> Services => _services;

    /// <exception cref="LocalMeshException">Something did not start; everything started before has been stopped again.</exception>
    public static async Task<LocalMesh> StartAsync(
        DataDirectory directory, LocalMeshOptions? options = null, CancellationToken ct = default)
    {
        options ??= new LocalMeshOptions();
        var status = new StatusFile(directory, options.Progress);
        var servers = await LocalServers.StartAsync(directory, status, options.OnlyPrivateServers, ct);
        var supervision = servers.Supervision with { Restarts = options.Restarts, ReadyLimit = options.ReadyLimit };
        var mesh = new LocalMesh(servers, LocalKeys.In(directory), options, supervision);
        try
        {
            await mesh.StartServicesAsync(status, ct);
            return mesh;
        }
        catch (Exception)
        {
            await mesh.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first running instance of a service.</summary>
    public ServiceProcess Service(MeshService service) => _services.First(running => running.Service == service);

    public Uri Address(MeshService service) => Service(service).Address;

    /// <summary>Starts one more instance of a service on the same database, with settings of its own if given.</summary>
    public async Task<ServiceProcess> StartInstanceAsync(
        MeshService service, IReadOnlyDictionary<string, string>? environment = null, CancellationToken ct = default)
    {
        var number = _services.Count(running => running.Service == service) + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{service.Name}-{number}");
        var process = Create(service, name, AddressFor(name), environment);
        await process.Process.StartAsync(ct);
        _services.Add(process);
        return process;
    }

    /// <summary>Stops the services from the last to the first, then the servers.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopServicesAsync();
        await Servers.DisposeAsync();
    }

    private async Task StartServicesAsync(StatusFile status, CancellationToken ct)
    {
        var databases = new Dictionary<string, string>();
        foreach (var database in _options.Services.Select(service => service.Database).OfType<string>())
            databases[database] = await Servers.CreateDatabaseAsync(database, ct);
        for (var attempt = 1; ; attempt++)
        {
            var addresses = _options.Services.ToDictionary(service => service, service => AddressFor(service.Name));
            _environment = new ServiceEnvironment(
                databases, Servers.RabbitMqUri, addresses, Keys, _supervision.Directory.Signing, Servers.RabbitMqManagement);
            _services.AddRange(_options.Services.Select(service => Create(service, service.Name, addresses[service], null)));
            status.Addresses = _services.ToDictionary(running => running.Name, running => running.Address);
            try
            {
                await Task.WhenAll(_services.Select(running => running.Process.StartAsync(ct)));
                return;
            }
            catch (LocalMeshException) when (attempt < Attempts.Limit && _services.Any(running => Attempts.AddressTaken(running.Process)))
            {
                await StopServicesAsync();
            }
        }
    }

    private ServiceProcess Create(MeshService service, string name, Uri address, IReadOnlyDictionary<string, string>? environment)
    {
        var values = _environment!.For(service, address);
        foreach (var (key, value) in _options.Environment.GetValueOrDefault(service.Name) ?? new Dictionary<string, string>())
            values[key] = value;
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            values[key] = value;
        _options.Rewire?.Invoke(name, values);
        return ServiceProcess.Create(service, name, address, _options.Dll(service), values, _supervision);
    }

    private Uri AddressFor(string name) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports.Take(name)}/"));

    private async Task StopServicesAsync()
    {
        for (var i = _services.Count - 1; i >= 0; i--)
            await _services[i].DisposeAsync();
        _services.Clear();
    }
}
