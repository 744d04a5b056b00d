using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh study open FILE.json</c>.</summary>
internal static class OpenStudyCommand
{
    private const string Shape =
        """{"study":"my-study","title":"...","catalogue":{"techniques":[{"id":"RLHF","name":"...","definition":"..."}],"""
        + """ "failureModes":[...],"portfolios":[{"name":"...","techniques":["RLHF"]}]}}""";

    public static Command Create(Shell shell)
    {
        var json = ReadingOptions.Json();
        var file = new Argument<string>("FILE") { Description = $"JSON, - for standard input: {Shape}" };
        var command = new Command("open", "Open a study; your organisation owns it and runs its rounds") { file, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "org-admin");
        command.SetAction(async (parsed, ct) =>
        {
            var request = await InputFile.ReadJsonAsync<OpenStudyRequest>(shell, parsed.GetRequiredValue(file), Shape, ct);
            var intake = service.Connect(parsed);
            await StudyChange.MakeAsync(shell, intake, "studies", request, parsed.GetValue(json), "opened", ct);
        });
        return command;
    }
}
