using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Benchmarks.Pipeline.Machine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;
using Npgsql;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>A running mesh with everything that a phase measures with.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private Scene(LocalMesh mesh, Stores stores, Floor floor, RunPlan plan, TextWriter progress, TimeProvider clock)
    {
        (Mesh, Stores, Floor, Plan, Progress, Clock) = (mesh, stores, floor, plan, progress, clock);
        Client = new LoadClient(mesh.Address(MeshService.RatingIntake), clock);
        Loops = new Loops(Client, clock);
    }

    public LocalMesh Mesh { get; }
    public Stores Stores { get; }
    public Floor Floor { get; }
    public RunPlan Plan { get; }
    public TextWriter Progress { get; }
    public TimeProvider Clock { get; }
    public LoadClient Client { get; }
    public Loops Loops { get; }

    public static async Task<Scene> OpenAsync(
        LocalMesh mesh, DataDirectory directory, RunPlan plan, TextWriter progress, TimeProvider clock, CancellationToken token)
    {
        await KeepCommitTimesAsync(mesh, token);
        var floor = new Floor(mesh.Servers, await mesh.Servers.CreateDatabaseAsync("floor", token), directory.Run, clock);
        await floor.PrepareAsync(token);
        var stores = new Stores(
            await mesh.Servers.CreateDatabaseAsync(MeshService.RatingIntake.Database!, token),
            await mesh.Servers.CreateDatabaseAsync(MeshService.MatrixAggregation.Database!, token),
            await mesh.Servers.CreateDatabaseAsync(MeshService.RiskScoring.Database!, token));
        return new Scene(mesh, stores, floor, plan, progress, clock);
    }

    public Task<LoadStudy> StudyAsync(string id, int organisations, int raters, CancellationToken token) =>
        LoadStudy.OpenAsync(Client, Mesh.Keys, id, organisations, raters, Clock, token);

    /// <summary>Waits until every study's risk report covers its whole ledger.</summary>
    public Task<TimeSpan> WaitUntilScoredAsync(CancellationToken token) => WaitUntilAsync(Stores.RiskVersionsAsync, token);

    /// <summary>Waits until every study's matrix covers its whole ledger.</summary>
    public Task<TimeSpan> WaitUntilFoldedAsync(CancellationToken token) => WaitUntilAsync(Stores.MatrixVersionsAsync, token);

    /// <summary>Processor seconds by process since the start of each.</summary>
    public IReadOnlyDictionary<string, double> ProcessorSeconds()
    {
        var seconds = Mesh.Services.ToDictionary(
            service => service.Name, service => ProcessTimes.Seconds(service.Process.ProcessId!.Value));
        seconds["postgresql"] = ProcessTimes.Seconds(Mesh.Servers.Postgres.ProcessId!.Value);
        seconds["rabbitmq"] = ProcessTimes.Seconds(Mesh.Servers.RabbitMq.ProcessId!.Value);
        seconds["load"] = ProcessTimes.OwnSeconds();
        return seconds;
    }

    public Task SayAsync(string line) => Progress.WriteLineAsync(line);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Stores.DisposeAsync();
    }

    private async Task<TimeSpan> WaitUntilAsync(Func<CancellationToken, Task<Dictionary<string, long>>> versions, CancellationToken token)
    {
        var begun = Clock.GetTimestamp();
        while (true)
        {
            var (sizes, reached) = (await Stores.LedgerSizesAsync(token), await versions(token));
            var lag = sizes.Sum(size => Math.Max(0, size.Value - reached.GetValueOrDefault(size.Key)));
            var waited = Clock.GetElapsedTime(begun);
            if (lag == 0) return waited;
            if (waited > Patience) throw new LocalMeshException($"{lag} entries are still not covered after {Patience}.");
            await Task.Delay(Look, Clock, token);
        }
    }

    // A server takes the setting at its start only; the services find it again as they would after a failure.
    private static async Task KeepCommitTimesAsync(LocalMesh mesh, CancellationToken token)
    {
        await using (var connection = new NpgsqlConnection(mesh.Servers.PostgresAdmin))
        {
            await connection.OpenAsync(token);
            await using var command = new NpgsqlCommand("alter system set track_commit_timestamp = on", connection);
            await command.ExecuteNonQueryAsync(token);
        }

        await mesh.Servers.Postgres.RestartAsync(token);
    }
}
