using AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignmentMesh.CheckpointSigning.Service.ReportingSigning;

/// <summary>Unhealthy while a ledger is refused, degraded while none can be looked at.</summary>
internal sealed class SigningHealth(StateFolder states, SigningLoop loop, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var refused = states.All.Where(state => state.Refusal is not null)
            .ToDictionary(state => state.Kept.Study, state => (object)$"{state.Refusal!.Reason}: {state.Refusal.What}");
        if (refused.Count > 0)
            return Task.FromResult(HealthCheckResult.Unhealthy("Ledgers are not the ones that were signed.", data: refused));
        return Task.FromResult(loop.LastLook is { } last && clock.GetUtcNow() - last < TooOld
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("rating-intake cannot be asked."));
    }
}
