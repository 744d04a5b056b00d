using AlignmentMesh.CheckpointSigning.Domain;
using AlignmentMesh.Ledger;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>The key that signs checkpoints, under a name for each study and epoch: a log's key is named as its origin is.</summary>
internal sealed class CheckpointKey(IOptions<SigningOptions> options, TimeProvider clock)
{
    private readonly byte[] _seed = Ed25519Pem.Seed(File.ReadAllText(options.Value.KeyFile));

    /// <summary>The note that says what the ledger is.</summary>
    public string Sign(KeptLedger kept)
    {
        var origin = Checkpoint.OriginOf(options.Value.LogName, kept.Study, kept.Epoch);
        var text = new Checkpoint(origin, kept.Size, kept.Root, []).ToString();
        var signature = new NoteSigner(origin, NoteAlgorithm.Ed25519, _seed).Sign(text, clock.GetUtcNow());
        return new SignedNote(text, [signature]).ToString();
    }
}
