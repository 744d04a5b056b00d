using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh organisation admit STUDY ORGANISATION</c>.</summary>
internal static class AdmitCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var organisation = new Argument<string>("ORGANISATION") { Description = "Id, as its experts' tokens have it: a-z, 0-9 and hyphen" };
        var name = new Option<string?>("--name") { Description = "Its name for readers (default: the id)", HelpName = "NAME" };
        var command = new Command("admit", "Admit an organisation to a study: its experts may rate") { study, organisation, name, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "round-manager");
        command.SetAction(async (parsed, ct) =>
        {
            var (intake, id) = (service.Connect(parsed), parsed.GetRequiredValue(organisation));
            await StudyChange.MakeAsync(
                shell, intake, $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/organisations",
                new AdmitOrganisationRequest(id, parsed.GetValue(name) ?? id), parsed.GetValue(json), $"{id} admitted", ct);
        });
        return command;
    }
}
