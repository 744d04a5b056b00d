using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// A place where a test may have this process killed, as kill -9 would do it. It is armed by a file of its name in the folder
/// that the setting <c>Failpoints</c> names, and the file goes with the process: it kills once. Only in the environment
/// <c>Local</c>; anywhere else, and without the setting, reaching one does nothing.
/// </summary>
public static class Failpoint
{
    private static string? _folder;

    internal static void AddFailpoints(this WebApplicationBuilder builder) =>
        _folder = builder.Environment.EnvironmentName == "Local" ? builder.Configuration["Failpoints"] : null;

    public static void Reach(string name)
    {
        if (_folder is not null) KillIfArmed(Path.Combine(_folder, name));
    }

    private static void KillIfArmed(string file)
    {
        if (!File.Exists(file)) return;
        try
        {
            File.Move(file, file + ".reached");
        }
        catch (FileNotFoundException)
        {
            // Another process reached it first.
            return;
        }

        Process.GetCurrentProcess().Kill();
        // The signal takes effect within microseconds, and nothing may be done in them.
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
