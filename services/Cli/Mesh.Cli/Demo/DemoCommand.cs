using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary><c>mesh demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create(Shell shell)
    {
        var json = new Option<bool>("--json")
        {
            Description = "Write one JSON object: what the services answered, and how every stage "
            + "went"
        };
        var ratings = new Option<string?>("--ratings")
        {
            Description = "Load this ratings file (CSV, - for standard input) instead of "
            + "the samples",
            HelpName = "FILE"
        };
        var command = new Command(
            "demo", "Start a mesh, load the sample studies over HTTP, show matrix and risk as the services answer them, and stop "
                + "everything")
        {
            json, ratings,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var studies = parsed.GetValue(ratings) is { } file ? [await OwnAsync(shell, file, ct)] : SampleStudies.All;
            var run = new DemoRun(shell, studies);
            var answers = await run.RunAsync(ct);
            if (parsed.GetValue(json))
                shell.WriteJson(new DemoResult([.. answers.Select(DemoStudy.Of)], run.Stages), Json.Complete);
            else
                DemoTables.Write(shell, answers);
            return run.Failure is { } failure ? throw failure : Verdict(shell, run.Stages);
        });
        return command;
    }

    private static async Task<SampleStudy> OwnAsync(Shell shell, string path, CancellationToken ct)
    {
        var file = RatingsFile.Parse(await InputFile.ReadAsync(shell, path, ct));
        foreach (var unknown in file.UnknownColumns())
            shell.Say($"mesh: {unknown}");
        if (AggregateCommand.Report(shell, file.Errors) != ExitCode.Ok)
            throw CommandException.BadData($"'{path}' has rows that cannot be used, so nothing was started.");
        return OwnRatings.From(file, path == InputFile.StandardInput ? "standard input" : Path.GetFileName(path));
    }

    private static int Verdict(Shell shell, IReadOnlyList<DemoStage> stages)
    {
        var ok = stages.All(stage => stage.Ok);
        shell.Say(ok ? $"All {stages.Count} stages agreed." : $"{stages.Count(stage => !stage.Ok)} of {stages.Count} stages failed.");
        return ok ? ExitCode.Ok : ExitCode.Failed;
    }
}
