using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary><c>mesh study policy STUDY --reason TEXT</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json, constants) = (ReadingOptions.Study(), ReadingOptions.Json(), new PolicyOptions());
        var reset = new Option<bool>("--reset") { Description = "Go back to ROHL-1's own constants, all of them" };
        var reason = new Option<string?>("--reason") { Description = "Why, for readers and auditors", HelpName = "TEXT" };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Change nothing: fold the ledger here and say what the constants would do to the matrix",
        };
        var command = new Command(
            "policy",
            "Pool a study's cells with constants of its own from the next version on. Name all of them: what is left out is ROHL-1's own")
        { study, reset, reason, dryRun, json };
        foreach (var option in constants.All)
            command.Add(option);
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "round-manager");
        command.SetAction(async (parsed, ct) =>
        {
            var (id, given) = (parsed.GetRequiredValue(study), constants.Of(parsed));
            if (given == new PolicyConstants() != parsed.GetValue(reset))
                throw CommandException.BadUsage("Allowed: one constant or more, or --reset without any.", "mesh study policy --help");
            var (intake, asJson) = (service.Connect(parsed), parsed.GetValue(json));
            if (parsed.GetValue(dryRun))
                Write(shell, await PolicyEffect.OfAsync(intake, id, given, ct), asJson);
            else
                await ChangeAsync(shell, intake, id, new(given, Reason(parsed.GetValue(reason))), asJson, ct);
        });
        return command;
    }

    private static string Reason(string? given) => string.IsNullOrWhiteSpace(given)
        ? throw CommandException.BadUsage("--reason is missing; allowed: a text that readers will see.", "mesh study policy --help")
        : given;

    private static async Task ChangeAsync(
        Shell shell, ServiceClient intake, string study, ChangeAggregationPolicyRequest request, bool json, CancellationToken ct)
    {
        await StudyChange.MakeAsync(
            shell, intake, $"studies/{ServiceClient.Segment(study)}/policy", request, json,
            $"cells are pooled by {MethodOf(StudyPolicy.Of(PolicyOptions.Stated(request.Constants)))}", ct);
    }

    private static void Write(Shell shell, PolicyEffect effect, bool json)
    {
        if (json)
        {
            shell.WriteJson(effect);
            return;
        }

        shell.Out.WriteLine($"{effect.Study}, version {effect.Version}: {effect.Now} would become {effect.Then}; nothing was changed.");
        shell.Out.WriteLine($"{effect.ChangedVerdicts} of {effect.RatedCells} rated cells would get another verdict.");
        if (effect.Technique is not null)
            shell.Out.WriteLine(
                $"Furthest moves {effect.Technique} x {effect.FailureMode}, by {Terminal.Show.Points(effect.LargestShift)}.");
    }

    internal static string MethodOf(StudyPolicy policy) => Method.Of(Method.Rohl1, policy.Constants);
}
