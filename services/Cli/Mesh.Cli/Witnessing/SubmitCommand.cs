using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Witnessing;

/// <summary>What became of cosignatures that were brought.</summary>
/// <param name="Taken">Witnesses of the note whose cosignatures are kept now.</param>
/// <param name="Cosignatures">All witnesses whose cosignatures the checkpoint has now.</param>
internal sealed record SubmittedCheckpoint(string Study, long Size, IReadOnlyList<string> Taken, IReadOnlyList<string> Cosignatures);

/// <summary><c>mesh witness submit STUDY COSIGNED</c>: brings cosignatures to where readers find them.</summary>
internal static class SubmitCommand
{
    public static Command Create(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var file = new Argument<string>("COSIGNED") { Description = "Cosigned checkpoint, a file or - for standard input" };
        var command = new Command("submit", "Bring a cosigned checkpoint to rating-intake, which serves it to everybody")
        {
            study, file, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Intake);
        command.SetAction(async (parsed, ct) =>
        {
            var text = await InputFile.ReadAsync(shell, parsed.GetRequiredValue(file), ct);
            var note = WitnessCommands.Read("cosigned checkpoint", text, SignedNote.Parse);
            var size = WitnessCommands.Read("checkpoint", note.Text, Checkpoint.Parse).Size;
            var (intake, name) = (service.Connect(parsed), parsed.GetRequiredValue(study));
            var ledger = $"ledger/{ServiceClient.Segment(name)}";
            var witnesses = (await intake.GetAsync<LedgerKeys>($"{ledger}/keys", ct)).Witnesses.Select(NoteKey.Parse).ToArray();
            var brought = Of(witnesses, note);
            if (brought.Count == 0) throw Unknown(note, witnesses);
            var kept = SignedNote.Parse(await intake.PostTextAsync($"{ledger}/checkpoint", note.ToString(), ct));
            var all = Of(witnesses, kept);
            var submitted = new SubmittedCheckpoint(name, size, [.. brought.Intersect(all)], all);
            if (parsed.GetValue(json))
                shell.WriteJson(submitted);
            else
                Write(shell, submitted);
            await SayWhenStaleAsync(shell, intake, ledger, size, ct);
        });
        return command;
    }

    private static void Write(Shell shell, SubmittedCheckpoint submitted) => shell.Out.WriteLine(
        $"{submitted.Study}: the checkpoint of {submitted.Size} entries has the cosignature of {string.Join(", ", submitted.Taken)}; "
        + $"{submitted.Cosignatures.Count} in all: {string.Join(", ", submitted.Cosignatures)}");

    /// <summary>It is kept all the same: earlier checkpoints are served too, by their size.</summary>
    private static async Task SayWhenStaleAsync(Shell shell, ServiceClient intake, string ledger, long size, CancellationToken ct)
    {
        var newest = Checkpoint.Parse(SignedNote.Parse(await intake.GetTextAsync($"{ledger}/checkpoint", ct)).Text).Size;
        if (newest > size) shell.Say($"It is stale: the newest checkpoint has {newest} entries. Fetch and cosign that one too.");
    }

    private static List<string> Of(IEnumerable<NoteKey> witnesses, SignedNote note) =>
        [.. witnesses.Where(key => note.Signatures.Any(one => one.Name == key.Name && one.KeyId == key.KeyId)).Select(key => key.Name)];

    private static CommandException Unknown(SignedNote note, NoteKey[] witnesses) => new(
        ExitCode.Failed,
        "No signature of a witness that rating-intake knows is under it, only of "
        + $"{string.Join(", ", note.Signatures.Select(one => one.Name))}.",
        "Cosign it with 'mesh witness cosign'; its operators add a witness's public key to Ledger__Witnesses (docs/operations/audit.md).")
    {
        Details = [$"It knows {(witnesses.Length == 0 ? "none" : string.Join(", ", witnesses.AsEnumerable()))}."],
    };
}
