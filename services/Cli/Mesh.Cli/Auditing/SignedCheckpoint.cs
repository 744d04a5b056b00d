using System.Globalization;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A checkpoint, and what the verifier's own policy says of it.</summary>
/// <param name="Seen">Null where the verifier has no policy.</param>
internal sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note, WitnessedCheckpoint? Seen)
{
    public const string Check = "checkpoint";
    public const string Witnesses = "witnesses";

    private const string EpochMark = "/epoch/";

    /// <exception cref="NotABundleException">No checkpoint.</exception>
    /// <exception cref="AuditFailedException">A forged signature, or none of a log that the policy knows.</exception>
    public static SignedCheckpoint Read(ReadOnlySpan<byte> bytes, WitnessPolicy? policy, string name)
    {
        SignedNote note;
        Checkpoint checkpoint;
        try
        {
            note = SignedNote.Parse(bytes);
            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (FormatException malformed)
        {
            throw new NotABundleException($"{name} is no signed checkpoint: {malformed.Message}", malformed);
        }

        var seen = policy is null ? null : Look(policy, note, name);
        if (seen is { Log: null })
            throw new AuditFailedException(
                Check, $"{name} of {checkpoint.Origin} is not signed by a log of the policy ({Named(policy!.Logs)})");
        return new(checkpoint, note, seen);
    }

    /// <summary>The log without its epoch: each restore begins a new one (<c>.../epoch/2</c>).</summary>
    public string Log => Split().Log;

    /// <summary>1, and one more with each restore.</summary>
    public int Epoch => Split().Epoch;

    /// <summary>By whom it says it is signed.</summary>
    public string Signers => string.Join(", ", Note.Signatures.Select(signature => signature.Name).Distinct());

    private (string Log, int Epoch) Split()
    {
        var at = Checkpoint.Origin.LastIndexOf(EpochMark, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(Checkpoint.Origin[(at + EpochMark.Length)..], CultureInfo.InvariantCulture, out var epoch)
            ? (Checkpoint.Origin[..at], epoch)
            : (Checkpoint.Origin, 1);
    }

    private static WitnessedCheckpoint Look(WitnessPolicy policy, SignedNote note, string name)
    {
        try
        {
            return policy.Check(note);
        }
        catch (FormatException forged)
        {
            throw new AuditFailedException(Check, $"{name}: {forged.Message}", forged);
        }
    }

    private static string Named(IReadOnlyList<NoteKey> logs) => logs.Count == 0 ? "which has none" : string.Join(", ", logs);
}
