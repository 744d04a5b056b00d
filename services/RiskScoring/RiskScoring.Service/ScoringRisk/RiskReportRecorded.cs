using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Service.ScoringRisk;

/// <summary>
/// One matrix version was scored: the inputs and the reports under every lens, never changed afterwards. The one event of
/// the stream <c>risk/{study}</c>; its versions increase.
/// </summary>
/// <param name="Version">The ledger size that the matrix was computed from.</param>
/// <param name="Matrix">All inputs, so that any portfolio of this version can be answered from the store alone.</param>
/// <param name="Reports">One report a lens, each with its digest and without the published mark.</param>
/// <param name="ScoredAt">UTC with microseconds.</param>
internal sealed record RiskReportRecorded(
    string Study, long Version, string MatrixDigest, ConsensusMatrix Matrix, IReadOnlyList<RiskReport> Reports, string ScoredAt);

/// <summary>Where a scored version is found: written in the transaction of its event.</summary>
/// <param name="Id"><c>{study}/{version}</c>: no version can be recorded twice.</param>
/// <param name="StreamVersion">Position of the event in the stream of its study.</param>
/// <param name="Digests">Digest of the report by lens.</param>
internal sealed record ScoredVersion(
    string Id, string Study, long Version, long StreamVersion, string MatrixDigest,
    IReadOnlyDictionary<string, string> Digests, string ScoredAt)
{
    public static string IdOf(string study, long version) => FormattableString.Invariant($"{study}/{version}");
}
