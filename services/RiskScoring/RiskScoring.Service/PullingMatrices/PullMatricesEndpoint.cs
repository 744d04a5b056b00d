using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Polly;

namespace AlignmentMesh.RiskScoring.Service.PullingMatrices;

internal static class PullMatricesEndpoint
{
    public static void MapPullMatrices(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/studies:pull", HandleAsync).WithTags("Operations")
            .WithSummary("Fetch and score the versions that no message brought, now")
            .WithDescription("A dry run says which studies are behind.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);

    private static async Task<Ok<StudiesPulled>> HandleAsync(
        OperationRequest request, Caller caller, MatrixPull pull, OperationLog log, CancellationToken token)
    {
        try
        {
            return TypedResults.Ok(await log.RunAsync(
                new Operation(caller, "studies pull", request.DryRun), () => pull.PullNowAsync(request.DryRun, token), Outcome, token));
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException)
        {
            throw new ProblemException(RiskProblems.MatrixUnreachable, $"matrix-aggregation does not answer: {failure.Message}");
        }
    }

    private static string Outcome(StudiesPulled pulled) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pulled.Studies.Count} studies were behind, {pulled.Studies.Count(study => study.After < study.Target)} are now");
}
