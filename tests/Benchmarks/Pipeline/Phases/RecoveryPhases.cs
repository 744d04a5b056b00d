using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>How fast matrix-aggregation caught up.</summary>
/// <param name="Seconds">
/// Without the process's start: a backlog counts from the first version that was stored, a rebuild from when its tables exist.
/// </param>
internal sealed record CatchUp(
    string Name, long Entries, long Ratings, double ReadySeconds, double Seconds, double EntriesPerSecond, double RatingsPerSecond,
    double ScoredSeconds);

/// <summary>matrix-aggregation away while ratings are accepted, and on an empty database.</summary>
internal sealed class RecoveryPhases(Scene scene, LoadStudy study)
{
    private const int Concurrency = 64;
    private const long NoTables = -1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public async Task<CatchUp> DrainAsync(CancellationToken token)
    {
        await scene.WaitUntilScoredAsync(token);
        var (entries, ratings) = (await EntriesAsync(token), await scene.Stores.RatingsAsync(token));
        await Matrix.StopAsync();
        await scene.Loops.ClosedAsync([study], Shape.Single, Concurrency, scene.Plan.Backlog, token);
        return await CatchUpAsync(
            "backlog of single ratings", await EntriesAsync(token) - entries, await scene.Stores.RatingsAsync(token) - ratings,
            await TotalAsync(token), token);
    }

    public async Task<CatchUp> RebuildAsync(CancellationToken token)
    {
        await scene.WaitUntilScoredAsync(token);
        await Matrix.StopAsync();
        await scene.Stores.EmptyMatrixAsync(token);
        return await CatchUpAsync(
            "rebuild from entry 0", await EntriesAsync(token), await scene.Stores.RatingsAsync(token), NoTables, token);
    }

    private Deploy.Local.Processes.SupervisedProcess Matrix => scene.Mesh.Service(MeshService.MatrixAggregation).Process;

    private async Task<CatchUp> CatchUpAsync(string name, long entries, long ratings, long before, CancellationToken token)
    {
        var begun = scene.Clock.GetTimestamp();
        var first = WaitForMoreAsync(before, token);
        await Matrix.StartAsync(token);
        var ready = scene.Clock.GetElapsedTime(begun).TotalSeconds;
        await scene.WaitUntilFoldedAsync(token);
        var (at, folded) = await first;
        var seconds = scene.Clock.GetElapsedTime(at).TotalSeconds;
        await scene.WaitUntilScoredAsync(token);
        var rate = (await EntriesAsync(token) - folded) / seconds;
        var result = new CatchUp(
            name, entries, ratings, ready, seconds, rate, rate * ratings / entries, scene.Clock.GetElapsedTime(begun).TotalSeconds);
        await scene.SayAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"  {name}: {entries} entries, {ratings} ratings, {seconds:0.00} s, {rate:0} entries/s, "
                + $"{result.RatingsPerSecond:0} ratings/s"));
        return result;
    }

    /// <summary>When more is folded than there was, to within a look, and how much it was then.</summary>
    private async Task<(long At, long Folded)> WaitForMoreAsync(long before, CancellationToken token)
    {
        while (true)
        {
            var folded = await TotalAsync(token);
            if (folded > before) return (scene.Clock.GetTimestamp(), folded);
            await Task.Delay(Look, scene.Clock, token);
        }
    }

    private async Task<long> EntriesAsync(CancellationToken token) => (await scene.Stores.LedgerSizesAsync(token)).Values.Sum();

    private async Task<long> TotalAsync(CancellationToken token)
    {
        try
        {
            return (await scene.Stores.MatrixVersionsAsync(token)).Values.Sum();
        }
        catch (Npgsql.PostgresException)
        {
            // The schema was dropped and is made again by the service.
            return NoTables;
        }
    }
}
