using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.PullingLedger;

internal static class PullLedgerEndpoint
{
    public static void MapPullLedger(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/studies:pull", HandleAsync).WithTags("Operations")
            .WithSummary("Fetch what no message brought, now")
            .WithDescription("Answers when every study is at the ledger's size, or after 30 s. A dry run says which are behind.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);

    private static async Task<Ok<StudiesPulled>> HandleAsync(
        OperationRequest request, Caller caller, LedgerPull pull, OperationLog log, CancellationToken token)
    {
        try
        {
            return TypedResults.Ok(await log.RunAsync(
                new Operation(caller, "studies pull", request.DryRun), () => pull.PullAsync(request.DryRun, token), Outcome, token));
        }
        catch (FeedUnreachableException unreachable)
        {
            throw new ProblemException(CommonProblems.Unavailable, unreachable.Message);
        }
    }

    private static string Outcome(StudiesPulled pulled) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pulled.Studies.Count} studies were behind, {pulled.Studies.Count(study => study.After < study.Target)} are now");
}
