using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh round open</c> and <c>mesh round close</c>.</summary>
internal static class RoundCommands
{
    private const string Role = "round-manager";

    public static Command Open(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var mode = new Option<string>("--mode")
        {
            Description = "open: ratings show at once; blind: when the round closes",
            DefaultValueFactory = _ => "open",
        };
        mode.AcceptOnlyFromAmong("open", "blind");
        var command = new Command("open", "Open the next round of a study: ratings are taken from then on") { study, mode, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, Role);
        command.SetAction(async (parsed, ct) =>
        {
            var intake = service.Connect(parsed);
            await StudyChange.MakeAsync(
                shell, intake, $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/rounds",
                new OpenRoundRequest(parsed.GetRequiredValue(mode)), parsed.GetValue(json), $"open ({parsed.GetRequiredValue(mode)})", ct);
        });
        return command;
    }

    public static Command Close(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var round = new Option<int?>("--round") { Description = "Round to close (default: the open one)", HelpName = "N" };
        var command = new Command("close", "Close a round of a study; ratings of a blind round show from then on") { study, round, json };
        var service = new ServiceOptions(command, shell, Peer.Intake, Role);
        command.SetAction(async (parsed, ct) =>
        {
            var (intake, path) = (service.Connect(parsed), $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}");
            var number = parsed.GetValue(round) ?? await OpenRoundAsync(intake, path, ct);
            await StudyChange.MakeAsync(shell, intake, $"{path}/rounds/{number}:close", null, parsed.GetValue(json), "closed", ct);
        });
        return command;
    }

    private static async Task<int> OpenRoundAsync(ServiceClient intake, string path, CancellationToken ct)
    {
        var view = await intake.GetAsync<StudyView>(path, ct);
        return view.Rounds.FirstOrDefault(round => round.State == "open")?.Round ?? throw new CommandException(
            ExitCode.Failed, $"{view.Study} has no open round.", "'mesh study show STUDY' lists its rounds.");
    }
}
