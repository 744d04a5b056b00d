using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.PullingMatrices;

/// <summary>
/// Compares matrix-aggregation's newest versions with what is scored, and fetches what no message brought in the time between
/// two passes: a lost message costs seconds, not correctness.
/// </summary>
internal sealed partial class MatrixPull(
    MatrixClient matrices, ScoredVersions scored, MatrixCheck check, RiskScorer scorer, ConsumerWatchdog watchdog, RiskMetrics metrics,
    Wake wake, TimeProvider clock, ILogger<MatrixPull> log) : BackgroundLoop(wake, Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private const int StudiesPerPass = 16;

    private Dictionary<string, long> _seen = [];

    /// <summary>Fetches every version that is not scored, however new, and waits for its report.</summary>
    /// <param name="dryRun">Only say which studies are behind.</param>
    public async Task<StudiesPulled> PullNowAsync(bool dryRun, CancellationToken token)
    {
        var pulled = new List<PulledStudy>();
        foreach (var head in (await matrices.HeadsAsync(token)).Heads)
        {
            var before = (await scored.NewestAsync(head.Study, token))?.Version ?? 0;
            if (before >= head.Version) continue;
            if (!dryRun) await PullAsync(head, token);
            var after = dryRun ? before : (await scored.NewestAsync(head.Study, token))?.Version ?? 0;
            pulled.Add(new PulledStudy(head.Study, before, head.Version, after));
        }

        return new StudiesPulled(Wiring.Service, dryRun, pulled);
    }

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        var heads = (await matrices.HeadsAsync(token)).Heads;
        var known = await scored.FindAsync(heads.Select(head => ScoredVersion.IdOf(head.Study, head.Version)), token);
        var late = new List<MatrixHead>();
        foreach (var head in heads)
            if (!IsScored(head, known) && await IsLateAsync(head, token)) late.Add(head);
        _seen = heads.ToDictionary(head => head.Study, head => head.Version);
        await Task.WhenAll(late.Take(StudiesPerPass).Select(head => PullAsync(head, token)));
        if (late.Count > 0) await watchdog.MissedAsync(token);
        return late.Count > StudiesPerPass;
    }

    private bool IsScored(MatrixHead head, IReadOnlyDictionary<string, ScoredVersion> known)
    {
        if (!known.TryGetValue(ScoredVersion.IdOf(head.Study, head.Version), out var same)) return false;
        if (same.MatrixDigest != head.Digest) check.Contradicts(head.Study, head.Version, head.Digest);
        metrics.Lags(head.Study, 0);
        return true;
    }

    /// <summary>A version that was there a pass ago is late; a newer one may still be on its way.</summary>
    private async Task<bool> IsLateAsync(MatrixHead head, CancellationToken token)
    {
        var newest = (await scored.NewestAsync(head.Study, token))?.Version ?? 0;
        metrics.Lags(head.Study, Math.Max(0, head.Version - newest));
        return _seen.TryGetValue(head.Study, out var before) && before > newest;
    }

    private async Task PullAsync(MatrixHead head, CancellationToken token)
    {
        using var span = RiskTracing.Source.StartActivity("pull matrix", ActivityKind.Client);
        span?.SetTag("alignmentmesh.study", head.Study);
        span?.SetTag("alignmentmesh.matrix.version", head.Version);
        metrics.Pulled(head.Study);
        LogPulled(head.Study, head.Version);
        var matrix = await matrices.VersionAsync(head.Study, head.Version, token);
        if (check.Accepts(head.Study, head.Version, matrix)) await scorer.OfferAsync(matrix!, span?.Id, token);
    }

    [LoggerMessage(LogLevel.Warning, "No message brought matrix version {Version} of study {Study}: it is fetched")]
    private partial void LogPulled(string study, long version);
}
