using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>A study as far as it is folded and stored.</summary>
/// <param name="Range">Never appended to: a page appends to a clone, so that a page that is not stored leaves no trace.</param>
/// <param name="Recorded">The version of exactly this size; null before the first entry.</param>
internal sealed record FoldedStudy(MatrixState State, CompactRange Range, RecordedMatrix? Recorded)
{
    public long Size => State.Next;

    public static FoldedStudy Empty(string study) => new(MatrixState.Empty(study), new CompactRange(), null);
}
