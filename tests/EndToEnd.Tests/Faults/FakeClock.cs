using System.Diagnostics;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>A wall clock of its own for one process (libfaketime): its timers go on as they did.</summary>
internal sealed class FakeClock
{
    private readonly string _library;
    private readonly string _file;

    private FakeClock(string library, string file)
    {
        (_library, _file) = (library, file);
        StepTo("+0");
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = _library,
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_CACHE_DURATION"] = "1",
    };

    /// <summary>The library of this machine, otherwise the package that apt fetches and checks, unpacked below the folder.</summary>
    /// <returns>Null when neither is to be had.</returns>
    public static async Task<FakeClock?> InAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Library("/usr/lib") is null && await RunAsync("apt-get", folder, "-q", "download", "libfaketime"))
            foreach (var package in Directory.EnumerateFiles(folder, "libfaketime_*.deb"))
                await RunAsync("dpkg-deb", folder, "-x", package, folder);
        return (Library("/usr/lib") ?? Library(Path.Combine(folder, "usr/lib"))) is { } library
            ? new FakeClock(library, Path.Combine(folder, "clock"))
            : null;
    }

    /// <param name="offset">From the true time, as libfaketime writes it: <c>-45</c> (seconds), <c>+15m</c>.</param>
    public void StepTo(string offset) => File.WriteAllText(_file, offset + "\n");

    private static string? Library(string root) => !Directory.Exists(root)
        ? null
        : Directory.EnumerateDirectories(root, "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime/libfaketime.so.1"))
            .FirstOrDefault(File.Exists);

    private static async Task<bool> RunAsync(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not a Debian: there is no such program.
            return false;
        }
    }
}
