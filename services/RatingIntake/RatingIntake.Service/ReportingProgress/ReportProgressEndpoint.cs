using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ReportingProgress;

internal static class ReportProgressEndpoint
{
    public static void MapReportProgress(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/subscription", ShowAsync).WithTags("Operations")
            .WithSummary("How far the sequencer and the publisher are")
            .WithDescription("Sequencer: newest event against progress. Publisher: ledger size against confirmed entries, by study.")
            .RequireAuthorization(Access.Operator);

    private static async Task<Ok<IntakeProgress>> ShowAsync(IntakePositions positions, CancellationToken token) =>
        TypedResults.Ok(await positions.ReadAsync(token));
}
