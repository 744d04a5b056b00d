using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>Whether the fold keeps up with the ledger, and what it could not fold.</summary>
internal sealed class FoldHealth(FoldReport report, FoldLoop loop) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["lag"] = report.Lag,
            ["messages"] = report.Messages,
            ["refusedMessages"] = report.RefusedMessages,
            ["feedReachable"] = report.FeedReachable,
        };
        if (report.LastRefusedMessage is { } last) data["lastRefusedMessage"] = last;
        if (report.FeedRefusals is { Count: > 0 } refusals) data["refusedByFeed"] = refusals;
        if (!report.Unreproduced.IsEmpty) data["unreproduced"] = report.Unreproduced.ToDictionary();
        return Task.FromResult(Judge(data));
    }

    private HealthCheckResult Judge(IReadOnlyDictionary<string, object> data) => this switch
    {
        _ when !report.Loaded => HealthCheckResult.Unhealthy("The stored entries are being folded again.", data: data),
        _ when loop.Failures > 0 => HealthCheckResult.Degraded("The fold fails and is tried again.", data: data),
        _ when report.FeedRefusals.Count > 0 => HealthCheckResult.Degraded("Intake's feed gives pages that cannot be folded.", data: data),
        _ when !report.Unreproduced.IsEmpty => HealthCheckResult.Degraded("A recorded version cannot be reproduced.", data: data),
        _ when !report.FeedReachable => HealthCheckResult.Degraded("Intake's feed cannot be asked.", data: data),
        _ => HealthCheckResult.Healthy(data: data),
    };
}
