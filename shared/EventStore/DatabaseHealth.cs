using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AlignmentMesh.EventStore;

/// <summary>Whether the service's database answers and takes writes.</summary>
public sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand(
                "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'");
            return await command.ExecuteScalarAsync(cancellationToken) is false
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database takes no writes.");
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}
