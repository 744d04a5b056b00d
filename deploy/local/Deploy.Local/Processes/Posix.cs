using System.Runtime.InteropServices;

namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>The few system calls .NET has no door to.</summary>
internal static class Posix
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Signals a process, or with a negative id its whole group. False when there is nobody left to signal.</summary>
    public static bool Signal(int processId, int signal) => SendSignal(processId, signal) == 0;

    /// <summary>Kills a process and its group. One that was started a moment ago may not lead a group of its own yet.</summary>
    public static void KillGroup(int processId)
    {
        if (!Signal(-processId, Kill))
            Signal(processId, Kill);
    }

    public static void Own(string path, Account? account)
    {
        if (account is not null && ChangeOwner(path, account.UserId, account.GroupId) != 0)
            throw new LocalMeshException($"{path} cannot be given to the user {account.Name} (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int processId, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true,
        CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
