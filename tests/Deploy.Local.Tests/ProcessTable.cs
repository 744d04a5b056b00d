using System.Globalization;
using System.Net;

namespace AlignmentMesh.Deploy.Local.Tests;

/// <summary>What the kernel says about running processes and what they listen on (as `ss -ltnp` does).</summary>
internal static class ProcessTable
{
    public static IReadOnlyList<int> Tree(IEnumerable<int> roots)
    {
        var parents = new Dictionary<int, int>();
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)))
        {
            if (Stat(int.Parse(id!, CultureInfo.InvariantCulture)) is { } stat)
                parents[int.Parse(id!, CultureInfo.InvariantCulture)] = int.Parse(stat[1], CultureInfo.InvariantCulture);
        }
        var tree = new HashSet<int>(roots);
        while (parents.Where(pair => tree.Contains(pair.Value) && tree.Add(pair.Key)).ToList().Count > 0)
        {
        }
        return [.. tree];
    }

    /// <summary>Zombies do not count: they wait for the machine's first process to look at them.</summary>
    public static bool IsRunning(int id) => Stat(id) is { } stat && stat[0] is not ("Z" or "X");

    public static IReadOnlyList<IPEndPoint> ListeningOn(IEnumerable<int> processes)
    {
        var sockets = processes.SelectMany(Sockets).ToHashSet();
        return [.. Listening("/proc/net/tcp").Concat(Listening("/proc/net/tcp6"))
            .Where(l => sockets.Contains(l.Socket))
            .Select(l => l.Address)];
    }

    private static IEnumerable<string> Sockets(int process)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<(IPEndPoint Address, string Socket)> Listening(string table)
    {
        const string listenState = "0A";
        return File.ReadLines(table).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == listenState)
            .Select(fields => (Address(fields[1]), fields[9]));
    }

    private static IPEndPoint Address(string text)
    {
        var parts = text.Split(':');
        var bytes = Convert.FromHexString(parts[0]);
        // The kernel prints each 32-bit word in the machine's own order.
        for (var i = 0; i < bytes.Length; i += 4)
            Array.Reverse(bytes, i, 4);
        return new IPEndPoint(new IPAddress(bytes), int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static string[]? Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
