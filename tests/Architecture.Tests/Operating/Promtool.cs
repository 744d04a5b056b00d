using System.ComponentModel;
using System.Diagnostics;

namespace AlignmentMesh.Architecture.Tests.Operating;

/// <summary>
/// Prometheus's tool for testing rules: the installed one, or Debian's package unpacked into a temporary folder. Nothing is
/// installed and no service is started.
/// </summary>
internal sealed class Promtool : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-promtool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <returns>The program's path, or null with the reason why it cannot be had.</returns>
    public async Task<(string? Path, string Reason)> FindAsync()
    {
        if (await RunAsync("promtool", "--version") is { Code: 0 }) return ("promtool", "");
        var fetched = await RunAsync("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", "prometheus");
        if (fetched.Code != 0) return (null, $"promtool is not installed, and apt-get download prometheus: {fetched.Output}");
        var unpacked = await RunAsync("dpkg-deb", "-x", Directory.EnumerateFiles(_folder, "*.deb").Single(), _folder);
        return unpacked.Code == 0
            ? (Path.Combine(_folder, "usr/bin/promtool"), "")
            : (null, $"dpkg-deb -x prometheus: {unpacked.Output}");
    }

    /// <returns>Exit code and all output; a code of -1 when there is no such program or it takes too long.</returns>
    public async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, (await output) + (await errors));
        }
        catch (Exception failure) when (failure is Win32Exception or OperationCanceledException)
        {
            return (-1, failure.Message);
        }
    }
}

public sealed class RuleTests
{
    [SkippableFact]
    public async Task The_alerts_fire_when_they_should_and_only_then()
    {
        using var promtool = new Promtool();
        var (path, reason) = await promtool.FindAsync();
        Skip.If(path is null, reason);
        var rules = Path.Combine(Repository.Root, "deploy/prometheus");
        var check = await promtool.RunAsync(path!, "check", "rules", Path.Combine(rules, "rules.yml"));
        Assert.True(check.Code == 0, check.Output);
        var test = await promtool.RunAsync(path!, "test", "rules", Path.Combine(rules, "rules.test.yml"));
        Assert.True(test.Code == 0, test.Output);
    }
}
