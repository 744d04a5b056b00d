using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh round feedback STUDY N</c>.</summary>
internal static class FeedbackCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var round = new Argument<int>("N") { Description = "The round, which has to be closed" };
        var command = new Command(
            "feedback",
            "What a closed round came to: answers by organisation, disagreement, change and rationales; with a token also your own answers")
        { study, round, json };
        var service = new ServiceOptions(command, shell, Peer.Matrix, role: "rater", anybody: true);
        command.SetAction(async (parsed, ct) =>
        {
            var path = $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/rounds/{parsed.GetRequiredValue(round)}/feedback";
            var feedback = await service.Connect(parsed).GetAsync<RoundFeedback>(path, ct);
            if (parsed.GetValue(json))
                shell.WriteJson(feedback);
            else
                FeedbackSheets.Write(shell, feedback);
        });
        return command;
    }
}
