using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Machine;

namespace AlignmentMesh.Benchmarks.Pages;

/// <summary>Milliseconds from the request to the last byte; a percentile is the nearest rank.</summary>
/// <param name="Bytes">Of the page, not compressed.</param>
internal sealed record PageTime(string Name, double P50, double P95, double Max, int Bytes)
{
    public static PageTime Of(string name, double[] milliseconds, int bytes)
    {
        var sorted = milliseconds.Order().ToArray();
        return new PageTime(name, Percentiles.At(sorted, 0.5), Percentiles.At(sorted, 0.95), sorted[^1], bytes);
    }
}

/// <param name="Pages">Slowest first.</param>
internal sealed record PagesReport(
    MachineFacts Machine, int Warming, int Requests, IReadOnlyList<PageTime> Floors, IReadOnlyList<PageTime> Pages)
{
    /// <summary>Wanted of every page: 95 of 100 requests answered within it, in milliseconds.</summary>
    public const double WantedP95 = 25;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool IsMet => Pages.All(page => page.P95 <= WantedP95);

    public static string Line(PageTime page) => string.Create(
        CultureInfo.InvariantCulture, $"  {page.Name,-52} {page.P50,6:0.0} {page.P95,6:0.0} {page.Max,6:0.0} ms");

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {Machine.Processor}, {Machine.Cores} cores for everything; {Machine.Runtime}; load average before the run {Machine.LoadAverage}.
            {Requests} requests of each page, one after the other, after {Warming} of all that warm them up, on the synthetic sample study.
            Wanted: p95 <= {WantedP95} ms; {(IsMet ? "met by every page" : "**not met**")}.

            | page | p50 ms | p95 ms | max ms | KiB |
            |---|---|---|---|---|

            """);
        foreach (var page in Floors.Concat(Pages))
            text.Append(CultureInfo.InvariantCulture,
                $"| {page.Name} | {page.P50:0.0} | {page.P95:0.0} | {page.Max:0.0} | {page.Bytes / 1024.0:0} |\n");
        return text.ToString();
    }
}
