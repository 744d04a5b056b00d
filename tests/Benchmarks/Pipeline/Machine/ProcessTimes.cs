using System.Globalization;

namespace AlignmentMesh.Benchmarks.Pipeline.Machine;

/// <summary>What processes cost, from /proc.</summary>
internal static class ProcessTimes
{
    // Linux counts processor time in hundredths of a second on every machine that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds of a process, of its living descendants, and of children it has seen end.</summary>
    public static double Seconds(int process)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<Stat>().ToArray();
        var children = all.ToLookup(stat => stat.Parent);
        var found = all.Where(stat => stat.Process == process).ToList();
        for (var at = 0; at < found.Count; at++) found.AddRange(children[found[at].Process]);
        return found.Sum(stat => stat.Ticks) / TicksPerSecond;
    }

    /// <summary>Processor seconds of this process alone: it started all the others.</summary>
    public static double OwnSeconds() => Read(Environment.ProcessId)!.Own / TicksPerSecond;

    /// <summary>Memory that a process holds, in bytes: now and at most so far.</summary>
    public static (long Now, long Most) Memory(int process)
    {
        var status = File.ReadAllLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status");
        return (Kilobytes(status, "VmRSS:") * 1024, Kilobytes(status, "VmHWM:") * 1024);
    }

    private static long Kilobytes(string[] status, string field)
    {
        var line = status.First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^2].Trim(), CultureInfo.InvariantCulture);
    }

    private static Stat? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            // The name before the last bracket may hold anything, so fields are counted behind it.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields[11..15].Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            return new Stat(process, int.Parse(fields[1], CultureInfo.InvariantCulture), ticks[0] + ticks[1], ticks.Sum());
        }
        catch (IOException)
        {
            // It ended while we were looking; its parent counts its time.
            return null;
        }
    }

    private sealed record Stat(int Process, int Parent, long Own, long Ticks);
}
