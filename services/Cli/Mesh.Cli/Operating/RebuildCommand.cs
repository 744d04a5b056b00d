using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;
using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops rebuild STUDY</c>: lines of progress as they come, on standard error; the result on standard output.</summary>
internal static class RebuildCommand
{
    private const string Folding = "folding";

    public static Command Create(Shell shell)
    {
        var (study, dryRun, json) = (ReadingOptions.Study(), OpsOptions.DryRun(), ReadingOptions.Json());
        var force = new Option<bool>("--force") { Description = "Replace what is stored even if it is equal" };
        var command = new Command(
            "rebuild", "Refold a study from its first entry beside the running state, compare every version, replace what differs")
        {
            study, dryRun, force, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var lines = new OperatorClients(shell).Matrix.PostLinesAsync<RebuildLine>(
                $"operations/studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}:rebuild",
                new RebuildRequest(parsed.GetValue(dryRun), parsed.GetValue(force)), ct);
            var last = await FollowAsync(shell, lines) ?? throw new CommandException(
                ExitCode.TryAgain, "The rebuild ended without a result.", "Run it again; 'mesh ops log' shows how it ended.");
            if (parsed.GetValue(json))
                shell.WriteJson(last);
            else
                Write(shell, last);
            return last.State switch { "equal" or "replaced" => ExitCode.Ok, "failed" => ExitCode.TryAgain, _ => ExitCode.Differs };
        });
        return command;
    }

    private static async Task<RebuildLine?> FollowAsync(Shell shell, IAsyncEnumerable<RebuildLine> lines)
    {
        if (shell.Quiet || !shell.ErrorIsTerminal)
            return await LastAsync(lines, line => shell.Say($"{line.Entries} of {line.Until} entries folded"));
        RebuildLine? last = null;
        await shell.Messages.Progress().StartAsync(async context =>
        {
            var task = context.AddTask("Folding");
            last = await LastAsync(lines, line =>
            {
                task.MaxValue = Math.Max(1, line.Until);
                task.Value = line.Entries;
            });
            task.Value = task.MaxValue;
        });
        return last;
    }

    private static async Task<RebuildLine?> LastAsync(IAsyncEnumerable<RebuildLine> lines, Action<RebuildLine> progress)
    {
        RebuildLine? last = null;
        await foreach (var line in lines)
        {
            if (line.State == Folding)
                progress(line);
            else
                last = line;
        }

        return last;
    }

    private static void Write(Shell shell, RebuildLine last)
    {
        shell.Out.WriteLine($"{last.Study}: {Sentence(last)}");
        if (last.FirstDifference is not null)
            shell.Out.WriteLine(
                $"{last.DifferentEntries} entries and {last.DifferentVersions} versions differed; first: {last.FirstDifference}");
        shell.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Entries} entries folded and {last.Versions} versions compared in {last.Seconds:0.00} s, "
            + $"{last.EntriesPerSecond:0} entries/s"));
        if (last.Root is not null)
            shell.Out.WriteLine($"root {last.Root}\ndigest {last.Digest}");
    }

    private static string Sentence(RebuildLine last) => last.State switch
    {
        "equal" => "what is stored is what the ledger gives",
        "replaced" => "what is stored was replaced by what the ledger gives",
        "different" => "what is stored is not what the ledger gives; nothing was changed",
        _ => $"the rebuild failed and nothing was changed: {last.Detail}",
    };
}
