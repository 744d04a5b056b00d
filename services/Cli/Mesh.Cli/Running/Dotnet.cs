using System.Diagnostics;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>Runs the SDK's own commands.</summary>
internal static class Dotnet
{
    /// <summary>The program that started this one, or the one on the path.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs it to its end and returns what it printed.</summary>
    /// <exception cref="LocalMeshException">It ended with another code than 0; the message is what it printed.</exception>
    public static async Task<string> RunAsync(string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new LocalMeshException($"{Host} cannot be started.");
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
