using System.CommandLine;
using System.Diagnostics;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary><c>mesh bench</c>: builds the load driver and hands over to it.</summary>
internal static class BenchCommand
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    public static Command Create(Shell shell)
    {
        var quick = new Option<bool>("--quick") { Description = "A few minutes instead of a quarter of an hour, and less to rely on." };
        var json = new Option<bool>("--json") { Description = "Write JSON instead of Markdown." };
        var file = new Option<string?>("-o", "--output")
        {
            Description = "Write Markdown to this file and JSON beside it; what else the file says stays.",
            HelpName = "FILE",
        };
        var pages = new Option<bool>("--pages") { Description = "Time every page of the portal instead: a minute, to standard output." };
        var command = new Command("bench", "Put the whole mesh under load beside the bare database, and report.")
        {
            quick, json, file, pages,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(pages) && (result.GetValue(quick) || result.GetValue(file) is not null))
                result.AddError("--pages goes with --json only.");
        });
        command.SetAction((parsed, ct) =>
        {
            List<string> arguments = [parsed.GetValue(pages) ? "pages" : "pipeline"];
            if (parsed.GetValue(quick)) arguments.Add("--quick");
            if (parsed.GetValue(json)) arguments.Add("--json");
            if (parsed.GetValue(file) is { } path) arguments.AddRange(["-o", Path.GetFullPath(path)]);
            return RunAsync(shell, arguments, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var folder = Path.Combine(BuildOutput.Repository, "tests/Benchmarks");
        shell.Say("Building the load driver");
        await Dotnet.RunAsync(
            ["build", folder, "-c", BuildOutput.Configuration, "--nologo", "-v", "quiet", "-nodeReuse:false"],
            new Dictionary<string, string>(), ct);
        var program = Path.Combine(folder, "bin", BuildOutput.Configuration, "net10.0", "AlignmentMesh.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo(Dotnet.Host, [program, .. arguments]))
            ?? throw new LocalMeshException($"{Dotnet.Host} cannot be started.");
        try
        {
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C in a terminal reaches it as well, and it stops its mesh; a signal to us alone does not.
            using var patience = new CancellationTokenSource(StopLimit);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
