namespace AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

/// <summary>
/// When the requests of an open loop should start, whatever becomes of the earlier ones. Latency counts from these instants,
/// so a server that stands still is charged for everybody who would have come meanwhile.
/// </summary>
internal static class OpenSchedule
{
    /// <summary>A Poisson process: independent exponential gaps with mean 1 / <paramref name="perSecond"/>.</summary>
    public static IReadOnlyList<TimeSpan> Poisson(double perSecond, TimeSpan duration, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        var random = new Random(seed);
        var starts = new List<TimeSpan>();
        for (var at = Gap(random, perSecond); at < duration.TotalSeconds; at += Gap(random, perSecond))
            starts.Add(TimeSpan.FromSeconds(at));
        return starts;
    }

    private static double Gap(Random random, double perSecond) => -Math.Log(1 - random.NextDouble()) / perSecond;
}
