using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AlignmentMesh.Architecture.Tests.Operating;

/// <summary>
/// A program that a test needs: the installed one, or Debian's packages unpacked into a temporary folder. Nothing is installed and
/// no service is started.
/// </summary>
/// <param name="binary">Where the packages have the program, if what is in usr/bin only looks for an installed one.</param>
/// <param name="more">Further packages that it needs to be of use.</param>
internal sealed partial class DebianProgram(string program, string package, string? binary = null, params string[] more) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-program-").FullName;
    private string? _unpacked;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <returns>Null when it can be run, otherwise why not.</returns>
    public async Task<string?> MissingAsync()
    {
        if (await RunAsync("--version") is { Code: 0 }) return null;
        var fetched = await FetchAsync([]);
        // A machine whose lists of packages are empty or old gets lists of its own.
        if (fetched.Code != 0) fetched = await FetchAsync(OwnLists());
        if (fetched.Code != 0) return $"{program} is not installed, and apt-get has no {package}: {fetched.Output}";
        foreach (var file in Directory.EnumerateFiles(_folder, "*.deb"))
            if (await RunAsync("dpkg-deb", ["-x", file, _folder]) is { Code: not 0 } failed)
                return $"dpkg-deb -x {file}: {failed.Output}";
        _unpacked = Path.Combine(_folder, binary ?? Path.Combine("usr/bin", program));
        return await RunAsync("--version") is { Code: not 0 } broken ? $"{_unpacked} does not run: {broken.Output}" : null;
    }

    /// <summary>What to start, and with which variables, for a test that starts it itself.</summary>
    public (string File, IReadOnlyDictionary<string, string> Variables) Start => (_unpacked ?? Installed(), Variables());

    /// <returns>Exit code and all output; a code of -1 when there is no such program or it takes too long.</returns>
    public Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(_unpacked ?? program, arguments);

    private async Task<(int Code, string Output)> FetchAsync(string[] lists)
    {
        string[] apt = ["-q", "-o", "APT::Sandbox::User=root", .. lists];
        if (lists.Length > 0 && await RunAsync("apt-get", [.. apt, "update"]) is { Code: not 0 } failed) return failed;
        var plan = await RunAsync("apt-get", [.. apt, "install", "--simulate", "--no-install-recommends", package, .. more]);
        if (plan.Code != 0) return plan;
        // The package first: what it depends on may be installed already.
        var wanted = Planned().Matches(plan.Output).Select(match => match.Groups[1].Value).Append(package).Concat(more).Distinct();
        return await RunAsync("apt-get", [.. apt, "download", .. wanted]);
    }

    private string[] OwnLists()
    {
        foreach (var name in (string[])["lists/partial", "cache/archives/partial"])
            Directory.CreateDirectory(Path.Combine(_folder, name));
        return
        [
            "-o", $"Dir::State::Lists={Path.Combine(_folder, "lists")}", "-o", $"Dir::Cache={Path.Combine(_folder, "cache")}",
            "-o", "Debug::NoLocking=true",
        ];
    }

    private async Task<(int Code, string Output)> RunAsync(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables())
            start.Environment[name] = value;
        using var limit = new CancellationTokenSource(Limit);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, (await output) + (await errors));
        }
        catch (Win32Exception failure)
        {
            return (-1, failure.Message);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{file} was not done within {Limit.TotalMinutes} minutes");
        }
    }

    private string Installed() => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private Dictionary<string, string> Variables()
    {
        var libraries = Path.Combine(_folder, "usr/lib");
        if (!Directory.Exists(libraries)) return [];
        return new()
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', Directory.EnumerateDirectories(libraries)),
            // Where fontconfig looks for fonts beside the system's.
            ["XDG_DATA_HOME"] = Path.Combine(_folder, "usr/share"),
        };
    }

    [GeneratedRegex(@"^Inst (\S+) ", RegexOptions.Multiline)]
    private static partial Regex Planned();
}
