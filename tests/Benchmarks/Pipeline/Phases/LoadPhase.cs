using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Loading;
using AlignmentMesh.Benchmarks.Pipeline.Machine;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>What one load came to. Latencies in milliseconds from when a request should have started.</summary>
/// <param name="Entries">Events that the load added to the ledger: what counts, whatever was answered.</param>
/// <param name="Lateness">How long after its time a request was really sent: the load's own share of the latencies.</param>
/// <param name="Lag">Entries without a risk report when the last request was answered.</param>
/// <param name="Cores">Processor seconds a second, by process, from the first request until the last report.</param>
internal sealed record LoadResult(
    string Name, string Shape, double Seconds, int Requests, int Failed, long Entries, double EntriesPerSecond, double RatingsPerSecond,
    FloorResult? Floor, double? Ratio, Percentiles? Http, Percentiles? Lateness, Percentiles? ToLedger, Percentiles? ToMatrix,
    Percentiles? ToRisk, long Lag, double DrainedSeconds, IReadOnlyDictionary<string, double> Cores);

/// <summary>Puts a load on, waits until its last rating is in a risk report, and only then asks what was stored when.</summary>
internal sealed class LoadPhase(Scene scene)
{
    public async Task<LoadResult> RunAsync(
        string name, IReadOnlyList<LoadStudy> studies, Shape shape, FloorResult? floor, Func<Task<IReadOnlyList<Sample>>> load,
        CancellationToken token)
    {
        var clock = scene.Clock;
        await scene.WaitUntilScoredAsync(token);
        var from = (await scene.Stores.LedgerSizesAsync(token)).Where(size => studies.Any(study => study.Id == size.Key)).ToDictionary();
        var (begun, beganAt, cpu) = (clock.GetTimestamp(), clock.GetUtcNow().UtcDateTime, scene.ProcessorSeconds());
        var samples = await load();
        var seconds = clock.GetElapsedTime(begun).TotalSeconds;
        var lag = await LagAsync(token);
        var drained = await scene.WaitUntilScoredAsync(token);
        var cores = Cores(cpu, clock.GetElapsedTime(begun).TotalSeconds);

        var entries = await scene.Stores.EntriesAsync(from, token);
        var accepted = samples.Where(sample => sample.IsAccepted && entries.ContainsKey(sample.Event)).ToArray();
        var latencies = new Latencies(clock, begun, beganAt);
        var matrix = await VersionsAsync(from, scene.Stores.MatrixAsync, token);
        var risk = await VersionsAsync(from, scene.Stores.RiskAsync, token);
        Percentiles? Until(Func<StoredEntry, DateTime?> stored) => Percentiles.Of(
            accepted.Select(sample => latencies.Until(sample, stored(entries[sample.Event]))).OfType<double>());

        var rate = entries.Count / seconds;
        var result = new LoadResult(
            name, shape.Name, seconds, samples.Count, samples.Count(sample => !sample.IsAccepted), entries.Count,
            rate, rate * shape.Ratings, floor, floor is null ? null : rate * shape.Ratings / floor.PerSecond,
            Percentiles.Of(accepted.Select(sample => clock.GetElapsedTime(sample.Intended, sample.Ended).TotalMilliseconds)),
            Percentiles.Of(samples.Select(sample => clock.GetElapsedTime(sample.Intended, sample.Started).TotalMilliseconds)),
            Until(entry => entry.At), Until(entry => Coverage.Of(entry.Index, matrix[entry.Study])),
            Until(entry => Coverage.Of(entry.Index, risk[entry.Study])), lag, drained.TotalSeconds, cores);
        await scene.SayAsync(ProgressLine.Of(result));
        return result;
    }

    private async Task<long> LagAsync(CancellationToken token)
    {
        var (sizes, scored) = (await scene.Stores.LedgerSizesAsync(token), await scene.Stores.RiskVersionsAsync(token));
        return sizes.Sum(size => Math.Max(0, size.Value - scored.GetValueOrDefault(size.Key)));
    }

    private Dictionary<string, double> Cores(IReadOnlyDictionary<string, double> before, double seconds) => scene.ProcessorSeconds()
        .ToDictionary(process => process.Key, process => (process.Value - before.GetValueOrDefault(process.Key)) / seconds);

    private static async Task<Dictionary<string, IReadOnlyList<StoredVersion>>> VersionsAsync(
        Dictionary<string, long> from, Func<string, long, CancellationToken, Task<IReadOnlyList<StoredVersion>>> read,
        CancellationToken token)
    {
        var versions = new Dictionary<string, IReadOnlyList<StoredVersion>>();
        foreach (var (study, size) in from) versions[study] = await read(study, size, token);
        return versions;
    }

    /// <summary>Timestamps of this process beside commit times of the database: both are of one machine's clock.</summary>
    private sealed class Latencies(TimeProvider clock, long begun, DateTime beganAt)
    {
        public double? Until(Sample sample, DateTime? at) =>
            (at - beganAt - clock.GetElapsedTime(begun, sample.Intended))?.TotalMilliseconds;
    }
}
