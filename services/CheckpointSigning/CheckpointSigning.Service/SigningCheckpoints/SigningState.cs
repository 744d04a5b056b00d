using AlignmentMesh.CheckpointSigning.Domain;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>What is kept of one study between two looks, and between two starts.</summary>
/// <param name="Note">The newest checkpoint; null before the first.</param>
internal sealed record SigningState(KeptLedger Kept, string? Note, SigningRefusal? Refusal)
{
    public static SigningState Nothing(string study) => new(KeptLedger.Nothing(study), null, null);
}
