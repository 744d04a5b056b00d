using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>The two ways to put a load on: as fast as answers come, or whatever answers do.</summary>
internal sealed class Loops(LoadClient client, TimeProvider clock)
{
    /// <summary>Workers that each send the next request when the last one is answered.</summary>
    public async Task<IReadOnlyList<Sample>> ClosedAsync(
        IReadOnlyList<LoadStudy> studies, Shape shape, int concurrency, TimeSpan duration, CancellationToken token)
    {
        var begun = clock.GetTimestamp();
        return await WorkAsync(studies, shape, concurrency, _ => clock.GetElapsedTime(begun) < duration, token);
    }

    /// <summary>So many requests, by workers.</summary>
    public Task<IReadOnlyList<Sample>> CountedAsync(LoadStudy study, Shape shape, int concurrency, int requests, CancellationToken token) =>
        WorkAsync([study], shape, concurrency, number => number <= requests, token);

    /// <summary>Requests that start when the schedule says, however many are unanswered.</summary>
    public async Task<IReadOnlyList<Sample>> OpenAsync(
        LoadStudy study, Shape shape, IReadOnlyList<TimeSpan> schedule, CancellationToken token)
    {
        var begun = clock.GetTimestamp();
        var requests = new List<Task<Sample>>(schedule.Count);
        foreach (var due in schedule)
        {
            var rest = due - clock.GetElapsedTime(begun);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, clock, token);
            var intended = begun + (long)(due.TotalSeconds * clock.TimestampFrequency);
            requests.Add(Task.Run(() => study.SendAsync(client, shape, intended, token), token));
        }

        return await Task.WhenAll(requests);
    }

    private async Task<IReadOnlyList<Sample>> WorkAsync(
        IReadOnlyList<LoadStudy> studies, Shape shape, int concurrency, Func<long, bool> goesOn, CancellationToken token)
    {
        long sent = 0;
        var workers = Enumerable.Range(0, concurrency).Select(worker => Task.Run(async () =>
        {
            var samples = new List<Sample>();
            for (var turn = worker; goesOn(Interlocked.Increment(ref sent)); turn++)
                samples.Add(await studies[turn % studies.Count].SendAsync(client, shape, clock.GetTimestamp(), token));
            return samples;
        }, token));
        return [.. (await Task.WhenAll(workers)).SelectMany(samples => samples)];
    }
}
