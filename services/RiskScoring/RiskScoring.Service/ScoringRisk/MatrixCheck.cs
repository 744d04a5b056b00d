using System.Security.Cryptography;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RiskScoring.Service.ScoringRisk;

/// <summary>Refuses and reports a matrix that is not what it says it is, before anything is computed from it.</summary>
internal sealed partial class MatrixCheck(RiskMetrics metrics, ILogger<MatrixCheck> log)
{
    /// <param name="study">The study it was announced for or asked from.</param>
    /// <param name="matrix">Null when a message came without one.</param>
    public bool Accepts(string study, long version, ConsensusMatrix? matrix)
    {
        if (matrix is null || matrix.Study != study || matrix.Version != version)
            return Refuse(study, version, "wrong-version", matrix?.Digest);
        return DigestOf(matrix) is { } digest && digest == matrix.Digest || Refuse(study, version, "wrong-digest", matrix.Digest);
    }

    /// <summary>Two different matrices of one version: one of them does not follow from the ledger.</summary>
    public void Contradicts(string study, long version, string? digest) => Refuse(study, version, "contradicts-scored", digest);

    /// <summary>Its numbers or sizes are outside what the risk model is defined for.</summary>
    public void CannotBeScored(ConsensusMatrix matrix, string field) =>
        Refuse(matrix.Study, matrix.Version, "cannot-be-scored: " + field, matrix.Digest);

    private bool Refuse(string study, long version, string reason, string? digest)
    {
        metrics.Refused(study, reason);
        LogRefused(study, version, reason, digest);
        return false;
    }

    private static string? DigestOf(ConsensusMatrix matrix)
    {
        try
        {
            return Convert.ToHexStringLower(
                SHA256.HashData(CanonicalJson.Serialize(matrix with { Digest = null }, ContractJson.Options)));
        }
        catch (JsonException)
        {
            // It has no canonical form, so nothing can be its digest.
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Matrix version {Version} of study {Study} is refused: {Reason} (claimed digest {Digest})")]
    private partial void LogRefused(string study, long version, string reason, string? digest);
}
