using System.Diagnostics;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>A mesh of its own in a fresh directory, gone without a trace afterwards.</summary>
internal sealed class DemoMesh(Shell shell, Stages stages)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary(DataDirectory.At(shell.DataRoot));
    private LocalMesh? _mesh;

    public LocalKeys Keys => _mesh!.Keys;

    public string Mint(TokenHolder holder) => LocalTokens.Mint(Keys, holder, TokenLifetime, shell.Clock);

    public ServiceClient Client(HttpClient http, Peer peer) => new(http, peer, _mesh!.Address(peer.Service), null, shell.Clock);

    /// <summary>The last lines of every service's log, for when something does not come.</summary>
    public IEnumerable<string> RecentLines =>
        (_mesh?.Services ?? []).SelectMany(service => service.Process.RecentLines.Split('\n').TakeLast(10).Select(line =>
            $"{service.Name}: {line}"));

    public async Task StartAsync(CancellationToken ct)
    {
        var steps = new StartSteps(shell, stages);
        try
        {
            _mesh = await LocalMesh.StartAsync(_directory, new LocalMeshOptions { Progress = steps }, ct);
        }
        finally
        {
            steps.End(ok: _mesh is not null);
        }
    }

    /// <exception cref="CommandException">A process or the directory is still there.</exception>
    public async Task StopAsync()
    {
        var processes = _mesh is null ? [] : ProcessIds(_mesh);
        if (_mesh is not null)
            await _mesh.DisposeAsync();
        _directory.Delete();
        var left = processes.Where(IsAlive).ToArray();
        if (left.Length > 0)
            throw new CommandException(
                ExitCode.Failed, $"{left.Length} processes are still there: {string.Join(", ", left)}.", "End them by their numbers.");
    }

    private static int[] ProcessIds(LocalMesh mesh) => [.. mesh.Services.Select(service => service.Process.ProcessId).OfType<int>()];

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Tells the start of the servers from that of the services by whose steps come in.</summary>
    private sealed class StartSteps(Shell shell, Stages stages) : IProgress<MeshStep>
    {
        private readonly Lock _lock = new();
        private long _begun = shell.Clock.GetTimestamp();
        private bool _servicesBegun;

        public void Report(MeshStep value)
        {
            lock (_lock)
            {
                if (!_servicesBegun && MeshService.Pipeline.Any(service => service.Name == value.Part))
                {
                    End(ok: true);
                    (_servicesBegun, _begun) = (true, shell.Clock.GetTimestamp());
                }

                var detail = value.Detail.Length > 0 ? $" ({value.Detail})" : "";
                stages.Say($"       {value.Part}: {value.State.ToString().ToLowerInvariant()}{detail}");
            }
        }

        public void End(bool ok) => stages.Add(_servicesBegun ? "services" : "servers", _begun, ok);
    }
}
