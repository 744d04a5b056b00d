using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignmentMesh.RatingIntake.Service.WatchingPositions;

/// <summary>
/// Whether what was accepted still becomes ledger entries. Degraded at worst: intake takes ratings all the same, they wait
/// in the store. The broker is not asked; without it intake works too.
/// </summary>
internal sealed class LedgerHealth(PositionWatch watch) : IHealthCheck
{
    private const double TooOldSeconds = 60;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var at = watch.Last;
        var data = new Dictionary<string, object>
        {
            ["sequencerGap"] = at.SequencerGap,
            ["sequencerStalledSeconds"] = at.SequencerStalled,
            ["highWaterStalledSeconds"] = at.HighWaterStalled,
            ["publisherGap"] = at.PublisherGap,
        };
        return Task.FromResult(at switch
        {
            { HighWaterStalled: > TooOldSeconds } => HealthCheckResult.Degraded("The high-water mark stands below events.", data: data),
            { SequencerStalled: > TooOldSeconds } => HealthCheckResult.Degraded("The sequencer stands still below events.", data: data),
            _ => HealthCheckResult.Healthy(data: data),
        });
    }
}
