using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ReportingProgress;

internal static class ReportProgressEndpoint
{
    public static void MapReportProgress(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/subscription", ShowAsync).WithTags("Operations")
            .WithSummary("How far the fold and the relay are, by study")
            .WithDescription("Fold: ledger size against folded entries. Relay: recorded against confirmed version.")
            .RequireAuthorization(Access.Operator);

    private static async Task<Ok<MatrixProgress>> ShowAsync(MatrixPositions positions, CancellationToken token) =>
        TypedResults.Ok(await positions.ReadAsync(token));
}
