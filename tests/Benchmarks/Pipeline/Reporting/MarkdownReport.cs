using System.Globalization;
using System.Text;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Benchmarks.Pipeline.Phases;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>The report for people.</summary>
internal sealed class MarkdownReport
{
    private const string Closed = "load | entries/s | ratings/s | floor tx/s | ratings per floor tx";
    private const string Open = "load | intended/s | entries/s | sent late p50/p99";
    private const string Growth = "load | entries/s | ratings per floor tx";
    private const string Latency = " | HTTP p50/p90/p99/max | to ledger p50/p99 | to matrix p50/p99 | to risk p50/p99 | lag | drained s";

    private readonly StringBuilder _text = new();

    public static string Of(BenchReport report)
    {
        var page = new MarkdownReport();
        page.Conditions(report);
        page.Table("Targets", "figure | wanted | measured | met", report.Targets.Select(target =>
            $"{target.What} | {target.Wanted} | {target.Measured} | {(target.Met ? "yes" : "**no**")}"));
        page.Loads("Closed loop, single ratings", Closed, report.Singles.Append(report.Saturation), ClosedCells);
        page.Loads("Closed loop, sheets of 49 ratings", Closed, report.Sheets, ClosedCells);
        page.Loads("Open loop, single ratings", Open, report.Open, OpenCells);
        page.Table("Catching up", "matrix-aggregation | entries | ratings | ready s | fold s | entries/s | ratings/s | until scored s",
            new[] { report.Backlog, report.Rebuild }.Select(caught => string.Create(CultureInfo.InvariantCulture,
                $"{caught.Name} | {caught.Entries} | {caught.Ratings} | {caught.ReadySeconds:0.0} | {caught.Seconds:0.0} | "
                    + $"{caught.EntriesPerSecond:0} | {caught.RatingsPerSecond:0} | {caught.ScoredSeconds:0.0}")));
        page.Table("Start-up", "part | all at once, empty, s | alone, with data, s", report.Starts.Select(start => Invariant(
            $"{start.Part} | {start.Together:0.00} | {start.Alone:0.00}")));
        page.Table($"Memory after {report.Memory[0].Ratings} ratings", "service | resident MB | most so far MB", report.Memory.Select(use =>
            Invariant($"{use.Part} | {use.Bytes / 1048576.0:0} | {use.MostBytes / 1048576.0:0}")));
        page.Loads("Growth with raters of one study, every cell rated by all", Growth, report.ByRaters, GrowthCells);
        page.Loads("Growth with studies", Growth, report.ByStudies, GrowthCells);
        page.Cores([.. report.Singles, .. report.Sheets, report.Saturation, .. report.Open, .. report.ByRaters, .. report.ByStudies]);
        return page._text.ToString();
    }

    private void Conditions(BenchReport report)
    {
        var (machine, command) = (report.Machine, report.Quick ? "mesh bench --quick" : "mesh bench");
        _text.Append(Invariant($"""
            Measured {report.StartedAt:yyyy-MM-dd HH:mm} UTC by `{command}` in {report.Minutes:0.0} minutes.
            {machine.Processor}, {machine.Cores} cores for everything: services, servers and the load;
            {machine.MemoryBytes / 1073741824.0:0.0} GB; {machine.System}; {machine.Runtime};
            load average before the run {machine.LoadAverage}.
            Writing 8 kB to the disk and syncing: p50 {machine.Sync.P50:0.000} ms, p99 {machine.Sync.P99:0.000} ms.
            {string.Join("; ", report.Versions.Select(version => $"{version.Key} {version.Value}"))}.

            Every service is a process of its own and answers real HTTP; every request is a new rating; entries are counted
            in the ledger. The floor is one insert and one update in a transaction by {report.Saturation.Floor!.Tool}, prepared, at the
            same concurrency on the same PostgreSQL just before. Times are milliseconds from when a request should have
            started; *to risk* ends with the commit of the first risk report that covers the rating, by the database's own
            clock of commits. *Lag* is what no report covered when the last answer came. Ratios compare machines; absolute
            numbers do not.

            """));
    }

    private void Loads(string title, string head, IEnumerable<LoadResult> loads, Func<LoadResult, string> cells) =>
        Table(title, head + Latency, loads.Select(load => string.Create(CultureInfo.InvariantCulture,
            $"{cells(load)} | {All(load.Http)} | {Two(load.ToLedger)} | {Two(load.ToMatrix)} | {Two(load.ToRisk)} | "
                + $"{load.Lag} | {load.DrainedSeconds:0.0}")));

    private void Cores(IReadOnlyList<LoadResult> loads)
    {
        var names = loads.SelectMany(load => load.Cores.Keys).Distinct().ToArray();
        Table("Processor use, cores by process", "load | " + string.Join(" | ", names), loads.Select(load =>
            $"{load.Name} | {string.Join(" | ", names.Select(name => Invariant($"{load.Cores.GetValueOrDefault(name):0.00}")))}"));
    }

    private void Table(string title, string head, IEnumerable<string> rows)
    {
        var rule = string.Concat(Enumerable.Repeat("---|", head.Split('|').Length));
        _text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| {head} |\n|{rule}\n");
        foreach (var row in rows) _text.Append(CultureInfo.InvariantCulture, $"| {row} |\n");
    }

    private static string ClosedCells(LoadResult load) => Invariant(
        $"{Name(load)} | {load.EntriesPerSecond:0} | {load.RatingsPerSecond:0} | {load.Floor!.PerSecond:0} | **{load.Ratio:0.00}**");

    private static string OpenCells(LoadResult load) => Invariant(
        $"{Name(load)} | {load.Requests / load.Seconds:0} | {load.EntriesPerSecond:0} | {Two(load.Lateness)}");

    private static string GrowthCells(LoadResult load) => Invariant($"{Name(load)} | {load.EntriesPerSecond:0} | {load.Ratio:0.00}");

    private static string Name(LoadResult load) => load.Failed == 0 ? load.Name : Invariant($"{load.Name} ({load.Failed} failed)");

    private static string Two(Percentiles? latency) => latency is { } known ? Invariant($"{known.P50:0.0} / {known.P99:0.0}") : "-";

    private static string All(Percentiles? latency) =>
        latency is { } known ? Invariant($"{known.P50:0.0} / {known.P90:0.0} / {known.P99:0.0} / {known.Max:0.0}") : "-";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
