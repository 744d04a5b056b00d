using System.Runtime.InteropServices;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>Freezes processes and lets them go on.</summary>
internal static class Signals
{
    private const int Continue = 18;
    private const int Stop = 19;

    public static void Freeze(int processId) => Assert.Equal(0, Send(processId, Stop));

    public static void Thaw(int processId) => Assert.Equal(0, Send(processId, Continue));

    public static void FreezeGroup(int processId) => Freeze(-processId);

    public static void ThawGroup(int processId) => Thaw(-processId);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Send(int processId, int signal);
}
