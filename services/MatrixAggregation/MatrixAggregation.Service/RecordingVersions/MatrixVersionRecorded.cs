using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

/// <summary>
/// A version of a study's matrix was computed. Stored forever in the stream <c>matrix/{study}</c>; additive changes only.
/// </summary>
/// <param name="Version">The ledger size it was computed from.</param>
/// <param name="AsOf">sequencedAt of the last entry.</param>
/// <param name="Cells">By lens, the cells that differ from the version recorded before.</param>
/// <param name="Likelihoods">Those that differ from the version recorded before.</param>
/// <param name="SafetyTaxes">Those that differ from the version recorded before.</param>
/// <param name="Snapshot">The whole matrix, often enough that any version reads fast; null in between.</param>
internal sealed record MatrixVersionRecorded(
    string Study, long Version, string AsOf, string Root, string Digest,
    IReadOnlyDictionary<string, IReadOnlyList<ConsensusCell>> Cells, IReadOnlyList<ConsensusQuantity> Likelihoods,
    IReadOnlyList<ConsensusQuantity> SafetyTaxes, ConsensusMatrix? Snapshot);
