using System.Diagnostics;
using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Benchmarks.Pipeline.Machine;

/// <summary>Wall time of each round of a way, processor time of this process and of PostgreSQL together.</summary>
/// <param name="postgres">Process id of the server.</param>
internal sealed class Spent(int postgres)
{
    private readonly List<double> _milliseconds = [];
    private double _processor;

    public async Task AddAsync(Func<Task> way, int rounds, bool counts)
    {
        // Own time is looked at closest to the rounds: looking at that of the others costs milliseconds of it.
        var before = -ProcessTimes.Seconds(postgres) - ProcessTimes.OwnSeconds();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await way();
            if (counts) _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        if (counts) _processor += before + ProcessTimes.OwnSeconds() + ProcessTimes.Seconds(postgres);
    }

    /// <summary>Median and 90th percentile in milliseconds, and microseconds of processor time for each of the round's ratings.</summary>
    public string Row(int ratings)
    {
        var times = Percentiles.Of(_milliseconds)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{times.P50:0.00} | {times.P90:0.00} | {_processor / times.Count / ratings * 1e6:0}");
    }
}
