using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh matrix sensitivity STUDY</c>.</summary>
internal static class SensitivityCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        var format = ReadingOptions.Format("changed verdicts and which", "one row per variant, all digits");
        var command = new Command("sensitivity", "Which verdicts change when one constant of rohl-1 is changed at a time")
        {
            study, version, format, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Matrix);
        command.SetAction((parsed, ct) => new Answers(format, json).WriteAsync<MatrixSensitivity>(
            shell, parsed, service.Connect(parsed),
            ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/matrix/sensitivity",
                ("version", parsed.GetValue(version)?.ToString())),
            sensitivity =>
            {
                shell.Out.WriteLine(Show.Heading(sensitivity.Study, sensitivity.Label, sensitivity.Version));
                SensitivitySheets.Write(shell, sensitivity.Variants);
            },
            ct));
        return command;
    }
}
