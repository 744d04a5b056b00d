using System.Diagnostics;
using System.Threading.Channels;
using AlignmentMesh.Contracts;
using AlignmentMesh.EventStore;
using AlignmentMesh.Ledger;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.ScoringRisk;

/// <summary>
/// Scores what messages and polls offer, one study after another. Of all versions of a study that wait only the newest is
/// scored; the others are superseded and done. The store, not this process, decides what is newest.
/// </summary>
internal sealed partial class RiskScorer(
    ScoredVersions scored, MatrixCheck check, RiskMetrics metrics, TimeProvider clock, ILogger<RiskScorer> log) : BackgroundService
{
    private const int Capacity = 256;
    private const int MaxTries = 4;

    private readonly Channel<Offered> _offers = Channel.CreateBounded<Offered>(Capacity);

    /// <summary>Returns when this version, or a newer one, is stored.</summary>
    /// <param name="matrix">Has passed <see cref="MatrixCheck"/>.</param>
    /// <param name="cause">W3C trace context of what brought it.</param>
    public async Task OfferAsync(ConsensusMatrix matrix, string? cause, CancellationToken token)
    {
        var offered = new Offered(matrix, cause);
        await _offers.Writer.WriteAsync(offered, token);
        await offered.Done.Task.WaitAsync(token);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _offers.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        while (_offers.Reader.TryRead(out var left)) left.Done.TrySetCanceled(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var waiting = new List<Offered>();
        while (await _offers.Reader.WaitToReadAsync(stoppingToken))
        {
            waiting.Clear();
            while (_offers.Reader.TryRead(out var next)) waiting.Add(next);
            foreach (var study in waiting.GroupBy(offered => offered.Matrix.Study))
                await ScoreNewestAsync([.. study.OrderByDescending(offered => offered.Matrix.Version)], stoppingToken);
        }
    }

    private async Task ScoreNewestAsync(List<Offered> offers, CancellationToken token)
    {
        try
        {
            using var span = StoredTrace.Start(
                RiskTracing.Source, "score risk", ActivityKind.Consumer, offers.Select(offered => offered.Cause));
            span?.SetTag("alignmentmesh.study", offers[0].Matrix.Study);
            span?.SetTag("alignmentmesh.matrix.version", offers[0].Matrix.Version);
            await ScoreAsync(offers[0].Matrix, span?.Id ?? offers[0].Cause, token);
            foreach (var other in offers.Skip(1)) PassOver(other.Matrix, offers[0].Matrix.Version, offers[0].Matrix.Digest!);
            foreach (var offered in offers) offered.Done.TrySetResult();
        }
        catch (RiskInputException impossible)
        {
            // A second try would end the same: it is reported and done with.
            check.CannotBeScored(offers[0].Matrix, impossible.Field);
            foreach (var offered in offers) offered.Done.TrySetResult();
        }
        // Whatever failed, someone waits for the outcome: a delivery is then made again, a poll finds the version again.
        catch (Exception failure)
        {
            foreach (var offered in offers) offered.Done.TrySetException(failure);
        }
    }

    private async Task ScoreAsync(ConsensusMatrix matrix, string? cause, CancellationToken token)
    {
        RiskReportRecorded? recorded = null;
        var started = clock.GetTimestamp();
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var newest = await scored.NewestAsync(matrix.Study, token);
            if (newest?.Version >= matrix.Version)
            {
                PassOver(matrix, newest.Version, newest.MatrixDigest);
                return;
            }

            recorded ??= Score(matrix);
            if (!await scored.TryRecordAsync(recorded, newest, cause, token)) continue;
            metrics.Scored(matrix.Study, clock.GetElapsedTime(started), clock.GetUtcNow() - Timestamps.Parse(matrix.AsOf));
            LogScored(matrix.Study, matrix.Version, newest?.Version);
            return;
        }

        throw new InvalidOperationException(
            $"Version {matrix.Version} of study {matrix.Study} met another process {MaxTries} times; it is offered again.");
    }

    private RiskReportRecorded Score(ConsensusMatrix matrix) => new(
        matrix.Study, matrix.Version, matrix.Digest!, matrix,
        [.. Lenses.All.Select(lens => new ScoreRisk(matrix, lens).Report(PortfolioChoice.Main))],
        Timestamps.Format(clock.GetUtcNow()));

    private void PassOver(ConsensusMatrix matrix, long newest, string digest)
    {
        metrics.Skipped(matrix.Study, 1);
        if (matrix.Version == newest && matrix.Digest != digest) check.Contradicts(matrix.Study, matrix.Version, matrix.Digest);
    }

    [LoggerMessage(LogLevel.Information, "Scored matrix version {Version} of study {Study}; the one before was {Before}")]
    private partial void LogScored(string study, long version, long? before);

    private sealed record Offered(ConsensusMatrix Matrix, string? Cause)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
