using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh study erase STUDY (--event ID | --rater ID [--name]) --reason TEXT --legal-basis TEXT</c>.</summary>
internal static class EraseCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var of = new Option<Guid?>("--event") { Description = "Erase the texts of this rating, as its receipt names it", HelpName = "ID" };
        var rater = new Option<string?>("--rater") { Description = "Erase the texts of all ratings of this rater", HelpName = "ID" };
        var whose = new Option<string?>("--organisation") { Description = "Of the rater (default: your own)", HelpName = "ORG" };
        var name = new Option<bool>("--name") { Description = "With --rater: forget who the rater is, too" };
        var reason = new Option<string>("--reason") { Description = "Why, for the ledger", HelpName = "TEXT", Required = true };
        var basis = new Option<string>("--legal-basis") { Description = "E.g. 'GDPR art. 17'", HelpName = "TEXT", Required = true };
        var command = new Command("erase", "Erase rationales, evidence titles and who a rater is; ratings and proofs stay")
        { study, of, rater, whose, name, reason, basis, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "org-admin");
        command.SetAction(async (parsed, ct) =>
        {
            var intake = service.Connect(parsed);
            await StudyChange.MakeAsync(
                shell, intake, $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}:erase",
                new ErasePersonalDataRequest(
                    parsed.GetRequiredValue(reason), parsed.GetRequiredValue(basis), parsed.GetValue(of), parsed.GetValue(rater),
                    parsed.GetValue(whose), parsed.GetValue(name)),
                parsed.GetValue(json), "erased", ct);
        });
        return command;
    }
}
