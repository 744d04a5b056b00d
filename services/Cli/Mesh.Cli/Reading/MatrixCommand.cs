using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh matrix show STUDY</c>.</summary>
internal static class MatrixCommand
{
    public static Command Show(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        var lens = ReadingOptions.Lens(", or any other that 'mesh cell why' lists");
        var format = ReadingOptions.Format("per cent, 90% interval, status", "one row per cell, all digits");
        var command = new Command("show", "The consensus matrix of a study") { study, version, lens, format, json };
        var service = new ServiceOptions(command, shell, Peer.Matrix);
        command.SetAction(async (parsed, ct) =>
        {
            var path = ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/matrix",
                ("version", parsed.GetValue(version)?.ToString()), ("lens", parsed.GetValue(lens)));
            var view = await service.Connect(parsed).GetAsync<MatrixView>(path, ct);
            Write(shell, view, parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(format));
        });
        return command;
    }

    private static void Write(Shell shell, MatrixView view, string format)
    {
        switch (format)
        {
            case "json":
                shell.WriteJson(view);
                break;
            case ReadingOptions.Csv:
                MatrixSheets.Tidy(view).WriteCsv(shell.Out);
                break;
            default:
                shell.Out.WriteLine(MatrixSheets.Heading(view));
                MatrixSheets.Grid(view).Write(shell);
                foreach (var line in view.Overview is { } overview ? MatrixSheets.Words(overview) : [])
                    shell.Out.WriteLine(line);
                shell.Say(MatrixSheets.Legend);
                break;
        }
    }
}
