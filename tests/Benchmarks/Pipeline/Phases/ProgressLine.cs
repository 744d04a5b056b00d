using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Benchmarks.Pipeline.Phases;

/// <summary>A result in one line, for whoever waits.</summary>
internal static class ProgressLine
{
    public static string Of(LoadResult result) => string.Create(CultureInfo.InvariantCulture,
        $"  {result.Name,-22} {result.EntriesPerSecond,8:0} entries/s{Ratio(result.Ratio)}"
            + $"  http {Text(result.Http)}  risk {Text(result.ToRisk)} ms"
            + $"  drained {result.DrainedSeconds:0.0} s{(result.Failed > 0 ? $"  {result.Failed} failed" : "")}");

    private static string Ratio(double? ratio) => ratio is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"  {value,5:0.00} x floor")
        : "";

    private static string Text(Percentiles? latency) => latency is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.P50:0.0}/{known.P99:0.0}")
        : "-";
}
