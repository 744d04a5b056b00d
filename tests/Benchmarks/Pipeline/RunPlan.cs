namespace AlignmentMesh.Benchmarks.Pipeline;

/// <summary>How long and how much: a full run for figures to keep, a quick one to see whether a change helped.</summary>
/// <param name="Concurrencies">Requests in flight of the closed loops.</param>
internal sealed record RunPlan(
    bool Quick, TimeSpan Floor, TimeSpan Closed, TimeSpan Idle, TimeSpan Steady, TimeSpan Rising, TimeSpan Saturation,
    TimeSpan Backlog, TimeSpan Growth, IReadOnlyList<int> Concurrencies, IReadOnlyList<int> Raters, IReadOnlyList<int> Studies)
{
    public static RunPlan Full { get; } = new(
        false, Seconds(5), Seconds(8), Seconds(30), Seconds(20), Seconds(8), Seconds(60), Seconds(15), Seconds(8),
        [1, 16, 64, 256], [10, 100, 1_000, 10_000], [1, 10, 100]);

    public static RunPlan Short { get; } = new(
        true, Seconds(2), Seconds(3), Seconds(6), Seconds(5), Seconds(3), Seconds(10), Seconds(5), Seconds(3),
        [1, 64], [10, 1_000], [1, 10]);

    /// <summary>Rising rates of the open loop beyond the two that targets are set for; it ends with the first one not kept.</summary>
    public IReadOnlyList<int> Rates { get; } = [250, 500, 1_000, 2_000, 4_000, 8_000];

    /// <summary>Ratings after which the services' memory is looked at.</summary>
    public int MemoryAfter { get; } = 100_000;

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
