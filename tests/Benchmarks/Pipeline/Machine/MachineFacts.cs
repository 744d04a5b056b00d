using System.Globalization;
using System.Runtime.InteropServices;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Benchmarks.Pipeline.Machine;

/// <summary>What the numbers were measured on.</summary>
/// <param name="Sync">From the write of 8 kB to its being on the disk, in milliseconds: below it no transaction is durable.</param>
/// <param name="LoadAverage">Of the minute before the run: what else was running.</param>
internal sealed record MachineFacts(
    string Processor, int Cores, long MemoryBytes, string System, string Runtime, string LoadAverage, Percentiles Sync)
{
    private const int Writes = 200;
    private const int BlockSize = 8192;

    /// <param name="folder">On the disk that the database uses.</param>
    public static MachineFacts Read(string folder, TimeProvider clock) => new(
        Field("/proc/cpuinfo", "model name"), Environment.ProcessorCount,
        1024 * long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture),
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        File.ReadAllText("/proc/loadavg").Split(' ')[0], SyncTimes(folder, clock));

    private static Percentiles SyncTimes(string folder, TimeProvider clock)
    {
        var path = Path.Combine(folder, "sync-probe");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var block = new byte[BlockSize];
        var times = new double[Writes];
        for (var i = 0; i < Writes; i++)
        {
            var begun = clock.GetTimestamp();
            file.Position = 0;
            file.Write(block);
            file.Flush(flushToDisk: true);
            times[i] = clock.GetElapsedTime(begun).TotalMilliseconds;
        }

        return Percentiles.Of(times)!;
    }

    private static string Field(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown";
}
