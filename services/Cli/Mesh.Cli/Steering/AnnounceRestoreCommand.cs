using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh study announce-restore STUDY --reason TEXT</c>.</summary>
internal static class AnnounceRestoreCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var reason = new Option<string>("--reason")
        {
            Description = "What happened, for readers and auditors",
            HelpName = "TEXT",
            Required = true,
        };
        var kept = new Option<long?>("--kept-size")
        {
            Description = "Ledger entries that the backup had (default: all that there are now)",
            HelpName = "N",
        };
        var lost = new Option<long?>("--lost-size")
        {
            Description = "Ledger size before the restore, where a receipt or an older version tells it",
            HelpName = "N",
        };
        var command = new Command(
            "announce-restore", "Say that the study's ledger was restored from a backup: without it auditors see tampering")
        { study, reason, kept, lost, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "round-manager");
        command.SetAction(async (parsed, ct) =>
        {
            var intake = service.Connect(parsed);
            await StudyChange.MakeAsync(
                shell, intake, $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}:announce-restore",
                new AnnounceRestoreRequest(parsed.GetRequiredValue(reason), parsed.GetValue(kept), parsed.GetValue(lost)),
                parsed.GetValue(json), "restore announced", ct);
        });
        return command;
    }
}
