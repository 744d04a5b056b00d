using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh study confirm-restore STUDY --epoch N</c>.</summary>
internal static class ConfirmRestoreCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var epoch = new Option<int>("--epoch")
        {
            Description = "The epoch that the restore begins, as 'mesh study show' lists it",
            HelpName = "N",
            Required = true,
        };
        var command = new Command(
            "confirm-restore", "Stand by a restore that another round manager announced: then checkpoints are signed again")
        { study, epoch, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "round-manager");
        command.SetAction(async (parsed, ct) =>
        {
            var intake = service.Connect(parsed);
            await StudyChange.MakeAsync(
                shell, intake, $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}:confirm-restore",
                new ConfirmRestoreRequest(parsed.GetValue(epoch)), parsed.GetValue(json), "restore confirmed", ct);
        });
        return command;
    }
}
