using System.Diagnostics;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>Runs the SDK's own commands.</summary>
internal static class Dotnet
{
    /// <summary>Runs it to its end and returns what it printed.</summary>
    /// <exception cref="LocalMeshException">It ended with another code than 0; the message is what it printed.</exception>
    public static async Task<string> RunAsync(string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new LocalMeshException($"{host} cannot be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            var said = await output + await errors;
            return process.ExitCode == 0 ? said : throw new LocalMeshException(
                $"dotnet {arguments[0]} ended with code {process.ExitCode}:\n{said.Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
