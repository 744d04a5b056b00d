using AlignmentMesh.Ledger;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.RatingIntake.Service.KeepingCheckpoints;

/// <summary>The keys of notes: the checkpoint signer's public one, the witnesses', and intake's own that signs receipts.</summary>
internal sealed class NoteKeys
{
    private readonly string _log;
    private readonly byte[] _checkpoint;

    public NoteKeys(IOptions<LedgerOptions> options)
    {
        var given = options.Value;
        _log = given.LogName;
        _checkpoint = Ed25519Pem.PublicKey(File.ReadAllText(given.CheckpointPublicKeyFile));
        Receipts = new NoteSigner(_log + "/receipts", NoteAlgorithm.Ed25519, Ed25519Pem.Seed(File.ReadAllText(given.ReceiptKeyFile)));
        Witnesses = [.. given.Witnesses.Select(NoteKey.Parse)];
        if (Witnesses.FirstOrDefault(key => key.Algorithm != NoteAlgorithm.CosignatureV1) is { } other)
            throw new InvalidOperationException($"Ledger:Witnesses has the key of {other.Name}, which is not of type 4 (cosignature v1).");
    }

    public NoteSigner Receipts { get; }

    public IReadOnlyList<NoteKey> Witnesses { get; }

    /// <summary>One key pair signs all studies; its name differs, so that no study's checkpoint passes for another's.</summary>
    public NoteKey Checkpoint(string study, int epoch) =>
        new(Ledger.Checkpoint.OriginOf(_log, study, epoch), NoteAlgorithm.Ed25519, _checkpoint);
}
