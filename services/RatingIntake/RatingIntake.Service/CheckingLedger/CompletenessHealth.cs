using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignmentMesh.RatingIntake.Service.CheckingLedger;

/// <summary>Degraded while the last check found something: ratings are taken all the same, and somebody has to look.</summary>
internal sealed class CompletenessHealth(LedgerCompletenessCheck check) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(check.Last is { Findings: > 0 } last
            ? HealthCheckResult.Degraded(
                $"{last.Findings} findings in the ledger: GET /api/v1/operations/ledger/completeness.",
                data: new Dictionary<string, object> { ["findings"] = last.Findings, ["checkedAt"] = last.FinishedAt! })
            : HealthCheckResult.Healthy());
}
