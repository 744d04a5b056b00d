using System.CommandLine;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh ledger show STUDY</c>.</summary>
internal static class LedgerCommand
{
    private const int DefaultLimit = 20;

    public static Command Show(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var from = new Option<long?>("--from") { Description = "First entry to show (default: the newest ones)", HelpName = "INDEX" };
        var limit = new Option<int>("--limit")
        {
            Description = $"Entries to show, 1..{LedgerFold.LargestPage}",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultLimit,
        };
        var command = new Command("show", "The ledger of a study: size, root, signature and entries") { study, from, limit, json };
        var service = new ServiceOptions(command, shell, Peer.Intake);
        command.SetAction(async (parsed, ct) =>
        {
            var (intake, path) = (service.Connect(parsed), $"ledger/{ServiceClient.Segment(parsed.GetRequiredValue(study))}");
            var (head, count) = (await intake.GetAsync<TreeHead>(path, ct), parsed.GetValue(limit));
            var first = parsed.GetValue(from) ?? Math.Max(0, head.Size - count);
            var page = await intake.GetAsync<LedgerPage>($"{path}/entries?from={first}&limit={count}", ct);
            if (parsed.GetValue(json))
                shell.WriteJson(new LedgerAnswer(head, page.Entries));
            else
                Write(shell, head, page.Entries);
        });
        return command;
    }

    private static void Write(Shell shell, TreeHead head, IReadOnlyList<LedgerEntry> entries)
    {
        shell.Out.WriteLine($"{head.Study}: {head.Size} entries");
        shell.Out.WriteLine($"root {head.Root}");
        shell.Out.WriteLine($"signature {head.Signature}");
        var sheet = new Sheet("index", "sequenced", "event", "organisation", "rater", "round");
        foreach (var entry in entries)
        {
            var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf));
            var said = entry.Opening is { } opening ? Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope)) : null;
            sheet.Add(
                Terminal.Show.Count(entry.Index), leaf.SequencedAt, said?.Type ?? "sealed until its round closes",
                said?.Organisation ?? Terminal.Show.Nothing, said?.Rater ?? Terminal.Show.Nothing,
                said?.Round is { } round ? Terminal.Show.Count(round) : Terminal.Show.Nothing);
        }

        sheet.Write(shell);
    }

    private sealed record LedgerAnswer(TreeHead Head, IReadOnlyList<LedgerEntry> Entries);
}
