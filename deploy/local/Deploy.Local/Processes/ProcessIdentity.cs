using System.Globalization;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>Tells a process from another one that got the same number later: its start time within one boot.</summary>
public sealed record ProcessIdentity(string Part, int ProcessId, long StartedAtTick, string Boot, int StopSignal)
{
    internal static ProcessIdentity? Of(string part, int processId, int stopSignal) =>
        StartTick(processId) is { } tick ? new ProcessIdentity(part, processId, tick, CurrentBoot, stopSignal) : null;

    /// <summary>True while exactly this process still runs (a zombie does not).</summary>
    public bool IsAlive => Boot == CurrentBoot && StartTick(ProcessId) == StartedAtTick;

    private static string CurrentBoot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static long? StartTick(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            // The command name is in brackets and may hold spaces; state is the first field after it, start time the twentieth.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
