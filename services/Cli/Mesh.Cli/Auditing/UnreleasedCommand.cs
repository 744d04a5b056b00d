using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit unreleased STUDY --round N</c>.</summary>
internal static class UnreleasedCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var round = new Option<int>("--round") { Description = "A blind round that is open", HelpName = "N", Required = true };
        var command = new Command("unreleased", "Read a blind round's ratings before their release, under a grant; each read is recorded")
        {
            study, round, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Intake, "auditor");
        command.SetAction(async (parsed, ct) =>
        {
            var (name, number) = (parsed.GetRequiredValue(study), parsed.GetValue(round));
            var openings = new List<(LedgerOpening Opening, Envelope Said)>();
            await foreach (var opening in UnreleasedOpenings.ReadAsync(service.Connect(parsed), name, number, ct)) openings.Add(opening);
            if (parsed.GetValue(json))
                shell.WriteJson(new LedgerOpenings(name, number, [.. openings.Select(one => one.Opening)], Next: null));
            else
                Write(shell, name, number, openings);
        });
        return command;
    }

    private static void Write(Shell shell, string study, int round, List<(LedgerOpening Opening, Envelope Said)> openings)
    {
        var sheet = new Sheet(
            "index", "recorded", "organisation", "rater", "technique", "failure mode", "verdict", "best", "lower", "upper", "confidence")
        { Title = $"{study}, round {round}: not released" };
        foreach (var (opening, said) in openings)
            foreach (var item in Items(opening.Index, said))
                sheet.Add(
                    Show.Count(opening.Index), Show.Second(said.RecordedAt), Text(said.Organisation), Text(said.Rater),
                    Text(item.Technique), Text(item.FailureMode), Text(item.Verdict), Text(item.Best), Text(item.Lower),
                    Text(item.Upper), Text(item.Confidence));
        sheet.Write(shell);
        shell.Say(openings.Count == 0
            ? $"Nothing of round {round} is kept back: it is open to all, released, or not there."
            : $"{openings.Count} entries, each what its leaf in the ledger commits to. The study's owner sees that you read them.");
    }

    /// <summary>Only ratings and withdrawals are ever kept back.</summary>
    private static IEnumerable<RatedItem> Items(long index, Envelope said) =>
        LedgerReplay.DataOf<RatingsSubmitted>(index, said)?.Items
        ?? LedgerReplay.DataOf<RatingsWithdrawn>(index, said)?.Items.Select(
            item => new RatedItem(item.Technique, item.FailureMode, "withdrawn"))
        ?? throw new CommandException(ExitCode.Internal, $"An entry of type '{said.Type}' is kept back; allowed are ratings.");

    private static string Text(string? value) => value ?? Show.Nothing;
}
