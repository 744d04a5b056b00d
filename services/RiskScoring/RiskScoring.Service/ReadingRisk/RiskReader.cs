using System.Globalization;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.PullingMatrices;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.ServiceDefaults;
using Polly;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>One version as it answers requests.</summary>
/// <param name="Reports">The stored reports, or null when the version was not scored when it was published.</param>
/// <param name="IsFinal">True when nothing about the answer can change any more.</param>
internal sealed record ReadableVersion(ConsensusMatrix Matrix, IReadOnlyList<RiskReport>? Reports, bool IsFinal);

/// <summary>Finds a version in the store, or fetches its matrix from matrix-aggregation: either way the same numbers follow.</summary>
internal sealed class RiskReader(ScoredVersions scored, MatrixClient matrices, MatrixCheck check, TimeProvider clock)
{
    /// <summary>How long a reader waits for matrix-aggregation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="version">Null asks for the newest that is stored.</param>
    /// <exception cref="ProblemException">No such study or version, or it is not stored and the matrix cannot be read.</exception>
    public async Task<ReadableVersion> FindAsync(string study, string? version, CancellationToken token)
    {
        var asked = version is null ? (long?)null : Parse(version);
        var newest = await scored.NewestAsync(study, token);
        var found = asked is { } k && newest is not null && k < newest.Version ? await scored.FindAsync(study, k, token) : newest;
        if (found is not null && (asked is null || found.Version == asked))
        {
            var recorded = await scored.ReadAsync(found, token);
            return new ReadableVersion(recorded.Matrix, recorded.Reports, IsFinal: true);
        }

        if (asked is not { } wanted) throw UnknownStudy(study);
        return new ReadableVersion(await FetchAsync(study, wanted, newest, token), null, IsFinal: wanted < newest?.Version);
    }

    public static ProblemException UnknownStudy(string study) =>
        RiskProblems.UnknownStudy.Of("study", study, "a study of which a matrix version was published");

    private async Task<ConsensusMatrix> FetchAsync(string study, long version, ScoredVersion? newest, CancellationToken token)
    {
        var text = version.ToString(CultureInfo.InvariantCulture);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        try
        {
            var matrix = await matrices.VersionAsync(study, version, limit.Token);
            if (matrix is null) throw newest is null ? UnknownStudy(study) : UnknownVersion(text, newest.Version);
            return check.Accepts(study, version, matrix) ? matrix : throw Unreachable(text);
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException or JsonException
            || (failure is OperationCanceledException && !token.IsCancellationRequested))
        {
            throw Unreachable(text);
        }
    }

    private static long Parse(string version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : throw RiskProblems.BadParameter.Of("version", version, "the size of a ledger, 1 or more, or nothing for the newest");

    private static ProblemException UnknownVersion(string version, long newest) => RiskProblems.UnknownVersion.Of(
        "version", version, FormattableString.Invariant($"1..{newest}, or a newer version of the matrix"));

    private static ProblemException Unreachable(string version) => RiskProblems.MatrixUnreachable.Of(
        "version", version, "a version of .../risk/versions until matrix-aggregation answers again");
}
