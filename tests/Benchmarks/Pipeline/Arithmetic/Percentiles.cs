namespace AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

/// <summary>What many latencies come to, in milliseconds. A percentile is the nearest rank: a value that occurred.</summary>
internal sealed record Percentiles(int Count, double P50, double P90, double P99, double Max)
{
    /// <returns>Null when there is nothing to say.</returns>
    public static Percentiles? Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Percentiles(sorted.Length, At(sorted, 0.50), At(sorted, 0.90), At(sorted, 0.99), sorted[^1]);
    }

    /// <param name="sorted">Ascending, at least one.</param>
    public static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
