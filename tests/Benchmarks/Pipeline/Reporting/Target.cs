using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Phases;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>A figure that the mesh is held to, and what this run came to.</summary>
internal sealed record Target(string What, string Wanted, string Measured, bool Met)
{
    public static IReadOnlyList<Target> Of(
        IReadOnlyList<LoadResult> singles, IReadOnlyList<LoadResult> sheets, IReadOnlyList<LoadResult> open, LoadResult saturation,
        CatchUp rebuild)
    {
        var (single, sheet) = (At64(singles), At64(sheets));
        return
        [
            AtLeast("single ratings accepted at c=64 per floor transaction", 0.6, single),
            AtLeast("ratings accepted in sheets at c=64 per floor transaction", 15, sheet),
            AtMost("request to stored risk report at 5/s, p50 / p99 ms", 12, 30, open[0].ToRisk),
            AtMost("request to stored risk report at 100/s, p50 / p99 ms", 20, 30, open[1].ToRisk),
            AtLeast("ratings a second in a rebuild from entry 0", 50_000, rebuild.RatingsPerSecond),
            AtMost($"seconds until drained after {Text(saturation.Seconds)} s of saturation", 10, saturation.DrainedSeconds),
        ];
    }

    private static double At64(IReadOnlyList<LoadResult> closed) =>
        closed.Single(result => result.Floor!.Concurrency == 64).Ratio!.Value;

    private static Target AtLeast(string what, double wanted, double measured) =>
        new(what, ">= " + Text(wanted), Text(measured), measured >= wanted);

    private static Target AtMost(string what, double wanted, double measured) =>
        new(what, "<= " + Text(wanted), Text(measured), measured <= wanted);

    private static Target AtMost(string what, double middle, double tail, Percentiles? measured) => new(
        what, $"<= {Text(middle)} / {Text(tail)}", measured is null ? "-" : $"{Text(measured.P50)} / {Text(measured.P99)}",
        measured?.P50 <= middle && measured.P99 <= tail);

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
