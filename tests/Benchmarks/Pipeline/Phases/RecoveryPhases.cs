using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>How fast matrix-aggregation caught up.</summary>
/// <param name="Seconds">From its first stored version to the last, without the process's start.</param>
internal sealed record CatchUp(
    string Name, long Entries, long Ratings, double ReadySeconds, double Seconds, double EntriesPerSecond, double RatingsPerSecond,
    double ScoredSeconds);

/// <summary>matrix-aggregation away while ratings are accepted, and on an empty database.</summary>
internal sealed class RecoveryPhases(Scene scene, LoadStudy study)
{
    private const int Concurrency = 64;

    public async Task<CatchUp> DrainAsync(CancellationToken token)
    {
        await scene.WaitUntilScoredAsync(token);
        var (entries, ratings) = (await EntriesAsync(token), await scene.Stores.RatingsAsync(token));
        await Matrix.StopAsync();
        await scene.Loops.ClosedAsync([study], Shape.Single, Concurrency, scene.Plan.Backlog, token);
        return await CatchUpAsync(
            "backlog of single ratings", await EntriesAsync(token) - entries, await scene.Stores.RatingsAsync(token) - ratings, token);
    }

    public async Task<CatchUp> RebuildAsync(CancellationToken token)
    {
        await scene.WaitUntilScoredAsync(token);
        await Matrix.StopAsync();
        await scene.Stores.EmptyMatrixAsync(token);
        return await CatchUpAsync("rebuild from entry 0", await EntriesAsync(token), await scene.Stores.RatingsAsync(token), token);
    }

    private Deploy.Local.Processes.SupervisedProcess Matrix => scene.Mesh.Service(MeshService.MatrixAggregation).Process;

    private async Task<CatchUp> CatchUpAsync(string name, long entries, long ratings, CancellationToken token)
    {
        var begun = scene.Clock.GetTimestamp();
        var first = FirstFoldAsync(await TotalAsync(token), token);
        await Matrix.StartAsync(token);
        var ready = scene.Clock.GetElapsedTime(begun);
        await scene.WaitUntilFoldedAsync(token);
        var seconds = scene.Clock.GetElapsedTime(await first).TotalSeconds;
        await scene.WaitUntilScoredAsync(token);
        var scored = scene.Clock.GetElapsedTime(begun).TotalSeconds;
        var result = new CatchUp(
            name, entries, ratings, ready.TotalSeconds, seconds, entries / seconds, ratings / seconds, scored);
        await scene.SayAsync(FormattableString.Invariant(
            $"  {name,-22} {entries} entries, {ratings} ratings in {seconds:0.00} s: {result.EntriesPerSecond:0} entries/s, {result.RatingsPerSecond:0} ratings/s"));
        return result;
    }

    /// <summary>The moment just before the first version beyond what was there is stored, to within a look.</summary>
    private async Task<long> FirstFoldAsync(long before, CancellationToken token)
    {
        while (true)
        {
            var at = scene.Clock.GetTimestamp();
            if (await TotalAsync(token) > before) return at;
            await Task.Delay(TimeSpan.FromMilliseconds(5), scene.Clock, token);
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
            return 0;
        }
    }
}
