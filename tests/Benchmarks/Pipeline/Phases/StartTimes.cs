using System.Collections.Concurrent;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>From a part's start until it is ready (services: /health/ready answers 200), as the supervisor reports it.</summary>
/// <param name="Together">Everything starts at once on empty databases, in seconds.</param>
/// <param name="Alone">It alone is started again on the data of the load.</param>
internal sealed record StartTime(string Part, double? Together, double? Alone);

/// <summary>What services hold after so many ratings.</summary>
internal sealed record MemoryUse(string Part, long Ratings, long Bytes, long MostBytes);

/// <summary>Listens to the supervisor.</summary>
internal sealed class StartTimes(TimeProvider clock) : IProgress<MeshStep>
{
    private readonly ConcurrentDictionary<string, long> _starting = new();
    private readonly ConcurrentDictionary<string, List<double>> _took = new();

    public void Report(MeshStep value)
    {
        if (value.State == PartState.Starting) _starting[value.Part] = clock.GetTimestamp();
        if (value.State != PartState.Ready || !_starting.TryRemove(value.Part, out var begun)) return;
        _took.GetOrAdd(value.Part, _ => []).Add(clock.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Starts each service again alone and says how long that took.</summary>
    public async Task<IReadOnlyList<StartTime>> MeasureAsync(LocalMesh mesh, CancellationToken token)
    {
        var together = _took.ToDictionary(part => part.Key, part => part.Value[0]);
        var times = new List<StartTime>();
        foreach (var service in mesh.Services)
        {
            await service.Process.RestartAsync(token);
            times.Add(new StartTime(service.Name, together[service.Name], _took[service.Name][^1]));
        }

        return [.. times, .. together.Where(part => mesh.Services.All(service => service.Name != part.Key))
            .Select(part => new StartTime(part.Key, part.Value, null))];
    }
}
