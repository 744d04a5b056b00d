using AlignmentMesh.Benchmarks.Pipeline.Machine;
using AlignmentMesh.Benchmarks.Pipeline.Phases;

namespace AlignmentMesh.Benchmarks.Pipeline.Reporting;

/// <summary>Everything one run measured.</summary>
/// <param name="Versions">By name: the commit, the servers, the libraries.</param>
internal sealed record BenchReport(
    DateTimeOffset StartedAt, double Minutes, bool Quick, MachineFacts Machine, IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<Target> Targets, IReadOnlyList<LoadResult> Singles, IReadOnlyList<LoadResult> Sheets, IReadOnlyList<LoadResult> Open,
    LoadResult Saturation, CatchUp Backlog, CatchUp Rebuild, IReadOnlyList<StartTime> Starts, IReadOnlyList<MemoryUse> Memory,
    IReadOnlyList<LoadResult> ByRaters, IReadOnlyList<LoadResult> ByStudies);
