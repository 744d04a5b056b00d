using System.CommandLine;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>Where the rating of a receipt is in the ledger.</summary>
/// <param name="Signed">The root is in a checkpoint signed by a log that the asker named.</param>
/// <param name="Proof">Hex hashes of the inclusion proof, from the leaf up; it holds.</param>
internal sealed record KeptRating(
    string Study, Guid EventId, long Index, string SequencedAt, long Size, string Root, bool Signed, IReadOnlyList<string> Proof);

/// <summary><c>mesh audit receipt FILE</c>: is my rating in?</summary>
internal static class ReceiptCommand
{
    private const string Shape = """{"study":"s","organisation":"o","rater":"r","round":1,"eventId":"...","commitment":"...",...}""";

    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "Receipt: the answer to your rating, as JSON; - for standard input" };
        var key = new Option<string?>("--key")
        {
            Description = "rating-intake's receipt key (GET /api/v1/ledger/STUDY/keys): checks the promise in the receipt too",
            HelpName = "KEY",
        };
        var (policy, json) = (AuditOptions.Policy("or the root is one that nobody you named signed"), ReadingOptions.Json());
        var command = new Command("receipt", "Check that the rating of a receipt is in the ledger, as it was promised")
        {
            file, key, policy, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var receipt = await InputFile.ReadJsonAsync<RatingsReceipt>(shell, parsed.GetRequiredValue(file), Shape, ct);
            if (receipt is not { EventId: { } eventId, Commitment: { } commitment })
                throw CommandException.BadData("The receipt has no event: every item said what was already on record.");
            var promise = parsed.GetValue(key) is { } text ? Promised(receipt, eventId, commitment, text) : null;
            if (promise is not null) shell.Say($"Promised by {promise.Log} at {promise.AcceptedAt}, within {promise.MergeSeconds} s.");
            var published = new ReaderClients(shell).Study(receipt.Study);
            var known = await AuditOptions.ReadPolicyAsync(shell, parsed.GetValue(policy), ct);
            var note = await published.CheckpointAsync(null, ct);
            var signed = note is null ? null : VerifiedLedger.Read(note, known);
            var proof = await ProofAsync(published, eventId, signed?.Checkpoint.Size, ct);
            var kept = await CheckAsync(published, (eventId, commitment), proof, signed, ct);
            if (parsed.GetValue(json))
                shell.WriteJson(kept);
            else
                Write(shell, kept, signed);
        });
        return command;
    }

    /// <exception cref="CommandException">The receipt bears no promise of the key about this event.</exception>
    private static Receipt Promised(RatingsReceipt receipt, Guid eventId, string commitment, string key)
    {
        if (receipt.Promise is not { } promise) throw CommandException.BadData("The receipt has no promise.");
        try
        {
            return Receipt.Verify(
                SignedNote.Parse(promise.Note), NoteKey.Parse(key), promise.Index, [.. promise.Hashes.Select(Convert.FromHexString)],
                receipt.Study, eventId, commitment);
        }
        catch (FormatException broken)
        {
            throw new CommandException(ExitCode.Failed, $"The promise does not hold: {broken.Message}", inner: broken);
        }
    }

    /// <summary>In the newest checkpoint's tree, or in that of all entries where the checkpoint is older than the entry.</summary>
    private static async Task<InclusionProof> ProofAsync(PublishedStudy published, Guid eventId, long? size, CancellationToken ct)
    {
        var proof = await published.InclusionAsync(eventId, null, ct) ?? throw new CommandException(
            ExitCode.Failed, $"Event {eventId} is not in the ledger of '{published.Study}'.",
            "An accepted rating has its entry within seconds. If it is older, keep the receipt and show it to the auditors.");
        return size > proof.Index ? (await published.InclusionAsync(eventId, size, ct))! : proof;
    }

    private static async Task<KeptRating> CheckAsync(
        PublishedStudy published, (Guid Id, string Commitment) receipt, InclusionProof proof, SignedCheckpoint? signed,
        CancellationToken ct)
    {
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(proof.Leaf));
        Require(leaf.EventId == receipt.Id, $"the entry is of event {leaf.EventId}");
        Require(leaf.Commitment == receipt.Commitment, $"the entry commits to {leaf.Commitment}, the receipt to {receipt.Commitment}");
        Require(Proofs.Holds(proof), "the inclusion proof does not hold");
        var isSigned = signed?.Checkpoint.Size == proof.Size;
        var root = isSigned ? Convert.ToHexStringLower(signed!.Checkpoint.Root.Span) : (await published.HeadAsync(proof.Size, ct)).Root;
        Require(root == proof.Root, $"the proof leads to root {proof.Root}, {(isSigned ? "the checkpoint" : "the head")} has {root}");
        return new(
            published.Study, receipt.Id, proof.Index, leaf.SequencedAt, proof.Size, root, isSigned && signed!.Seen is { Log: not null },
            proof.Hashes);
    }

    private static void Write(Shell shell, KeptRating kept, SignedCheckpoint? signed)
    {
        shell.Out.WriteLine($"Your rating is entry {kept.Index} of {kept.Study}, sequenced {Show.Second(kept.SequencedAt)}.");
        shell.Out.WriteLine($"Its {kept.Proof.Count} proof hashes lead to root {kept.Root} at {kept.Size}.");
        shell.Out.WriteLine((kept.Signed, signed) switch
        {
            (true, { Seen.Witnesses: [_, ..] witnesses }) => $"The root is signed, and cosigned by {string.Join(", ", witnesses)}.",
            (true, _) => "The root is signed; no witness that you named has cosigned it.",
            (_, null) => "The root is unsigned: it is only what the service says now.",
            _ when signed.Checkpoint.Size != kept.Size => "The root is newer than the newest checkpoint: ask again in a moment.",
            _ => "The root is in the checkpoint, whose signatures were not checked for want of a key (--policy).",
        });
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new CommandException(
                ExitCode.Failed, $"The receipt is not kept: {otherwise}.", "Keep the receipt and show it to the auditors of the study.");
    }
}
