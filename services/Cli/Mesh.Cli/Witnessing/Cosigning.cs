using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Witnessing;

/// <summary>The one rule of a witness: it cosigns nothing that is not consistent with all it cosigned before.</summary>
internal static class Cosigning
{
    /// <summary>The note with the witness's cosignature, once what it cosigned is on the disk.</summary>
    /// <param name="log">The log's key, needed the first time; null: the one in the state.</param>
    /// <param name="proof">From the size cosigned before to the checkpoint's; not needed where there is no such size.</param>
    /// <exception cref="CommandException">It is not to be cosigned; the message says why.</exception>
    public static SignedNote Cosign(
        SignedNote note, NoteSigner witness, NoteKey? log, ConsistencyProof? proof, WitnessState state, DateTimeOffset now)
    {
        var checkpoint = Read(note);
        var before = state.Of(checkpoint.Origin);
        var key = KeyOf(checkpoint.Origin, before, log);
        Require(IsSigned(key, note), $"it is not signed by {key}");
        var root = Convert.ToBase64String(checkpoint.Root.Span);
        Require(
            checkpoint.Size > 0 || checkpoint.Root.Span.SequenceEqual(Merkle.EmptyRoot),
            "it claims a root of no entries that is not theirs");
        if (before is not null) RequireExtends(checkpoint, before, root, proof);
        if (before is null || checkpoint.Size > before.Size)
            state.Keep(new(checkpoint.Origin, key.ToString(), checkpoint.Size, root, Timestamps.Format(now)));
        return note.With(witness.Sign(note.Text, now));
    }

    private static void RequireExtends(Checkpoint checkpoint, SeenCheckpoint before, string root, ConsistencyProof? proof)
    {
        var (size, seen) = (checkpoint.Size, $"what was cosigned at {before.Size} ({before.At})");
        Require(size >= before.Size, $"it has {size} entries, fewer than {seen}: the log was cut off or restored");
        if (size == before.Size)
        {
            Require(root == before.Root, $"its root is {root}, that of {seen} is {before.Root}: the log was forked");
            return;
        }

        if (before.Size == 0) return;
        if (proof is null)
            throw Refused(
                $"the state is at {before.Size}, so a proof from there is needed",
                $"Give --proof: the answer of GET .../proof/consistency?from={before.Size}&to={size}");
        Require(
            proof.From == before.Size && proof.To == size,
            $"the proof is from {proof.From} to {proof.To}, needed is {before.Size} to {size}");
        Require(
            MerkleProof.VerifyConsistency(
                before.Size, Convert.FromBase64String(before.Root), size, checkpoint.Root.Span, Hashes(proof)),
            $"the proof does not show that it extends {seen}: the log was forked, or the proof is of another one");
    }

    private static NoteKey KeyOf(string origin, SeenCheckpoint? before, NoteKey? given)
    {
        if ((before is null ? null : NoteKey.Parse(before.Log)) is { } known)
        {
            Require(given is null || given.ToString() == known.ToString(), $"--log is {given}, the state's key of this log is {known}");
            return known;
        }

        if (given is null)
            throw Refused(
                $"the log '{origin}' is not known yet",
                "Name its key with --log, from somebody you trust; a new epoch after a restore is a new log.");
        Require(
            given.Name == origin && given.Algorithm == NoteAlgorithm.Ed25519, $"--log is a key of {given.Name}, its origin is {origin}");
        return given;
    }

    private static bool IsSigned(NoteKey key, SignedNote note)
    {
        try
        {
            return key.HasSigned(note);
        }
        catch (FormatException forged)
        {
            throw Refused(forged.Message, inner: forged);
        }
    }

    private static Checkpoint Read(SignedNote note)
    {
        try
        {
            return Checkpoint.Parse(note.Text);
        }
        catch (FormatException malformed)
        {
            throw CommandException.BadData($"It is no checkpoint: {malformed.Message}", inner: malformed);
        }
    }

    private static byte[][] Hashes(ConsistencyProof proof)
    {
        try
        {
            return [.. proof.Hashes.Select(Convert.FromHexString)];
        }
        catch (FormatException malformed)
        {
            throw CommandException.BadData($"The proof's hashes are not hex: {malformed.Message}", inner: malformed);
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw Refused(otherwise);
    }

    private static CommandException Refused(string because, string? next = null, Exception? inner = null) => new(
        ExitCode.Failed, $"The checkpoint is not cosigned: {because}.",
        next ?? "Keep the checkpoint as evidence, and ask the log's operators.", inner);
}
