using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ReplayingReports;

/// <summary>Recomputes stored reports from the matrices stored with them, and compares.</summary>
internal sealed class ReportReplay(ScoredVersions scored) : VersionReplay
{
    private const int Page = 64;

    protected override ProblemType Busy => RiskProblems.Replaying;

    protected override async Task<long> NewestAsync(string study, CancellationToken token) =>
        (await scored.NewestAsync(study, token) ?? throw RiskReader.UnknownStudy(study)).Version;

    protected override ProblemException OutOfRange(string name, long value, long most) => RiskProblems.BadParameter.Of(
        name, value.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"1 to {most}"));

    /// <summary>A line for each report, versions outer, lenses inner.</summary>
    protected override async IAsyncEnumerable<ReplayedVersion> ReplayAsync(
        string study, long from, long last, [EnumeratorCancellation] CancellationToken token)
    {
        for (long? next = from; next is not null;)
        {
            var page = await scored.ListAsync(study, next.Value, Page, token);
            foreach (var version in page.Where(one => one.Version <= last))
            {
                var recorded = await scored.ReadAsync(version, token);
                foreach (var (lens, digest) in version.Digests.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    yield return Compare(version, recorded, lens, digest);
            }

            next = page.Count == Page && page[^1].Version < last ? page[^1].Version + 1 : null;
        }
    }

    private static ReplayedVersion Compare(ScoredVersion version, RiskReportRecorded recorded, string lens, string digest)
    {
        var recomputed = new ScoreRisk(recorded.Matrix, lens).Report(PortfolioChoice.Main);
        var stored = recorded.Reports.FirstOrDefault(report => report.Lens == lens);
        var difference = stored is null
            ? "it is not in its event"
            : Reproduction.Of(Element(recomputed), Element(stored)).Difference
                ?? (digest == recomputed.Digest ? null : $"digest is {digest}, recomputed {recomputed.Digest}")
                ?? (version.MatrixDigest == recomputed.MatrixDigest ? null : $"it is of matrix {version.MatrixDigest}");
        return new(version.Study, version.Version, lens, digest, recomputed.Digest, difference is null, difference);
    }

    private static JsonElement Element(RiskReport report) => JsonSerializer.SerializeToElement(report, ContractJson.Options);
}
