using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh matrix show STUDY</c>.</summary>
internal static class MatrixCommand
{
    private static readonly string[] Formats = ["table", "csv", "json"];

    public static Command Show(Shell shell)
    {
        var (study, version, lens, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Lens(), ReadingOptions.Json());
        var format = new Option<string>("--format")
        {
            Description = "table (per cent, 90% interval, status), csv (one row per cell, all digits) or json",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong(Formats);
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
            case "csv":
                MatrixSheets.Tidy(view).WriteCsv(shell.Out);
                break;
            default:
                shell.Out.WriteLine(MatrixSheets.Heading(view));
                MatrixSheets.Grid(view).Write(shell);
                shell.Say(MatrixSheets.Legend);
                break;
        }
    }
}
