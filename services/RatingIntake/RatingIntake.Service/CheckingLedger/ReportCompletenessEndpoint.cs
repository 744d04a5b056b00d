using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.CheckingLedger;

internal static class ReportCompletenessEndpoint
{
    public static void MapReportCompleteness(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/ledger/completeness", Handle).WithTags("Operations")
            .WithSummary("What the last check of all events and entries found")
            .WithDescription(
                "Every event has its entry, every entry its event, and all is still what the leaves commit to. 404 before the first.")
            .RequireAuthorization(Access.Operator);

    private static Results<Ok<LedgerCompleteness>, ProblemHttpResult> Handle(LedgerCompletenessCheck check) =>
        check.Last is { } last
            ? TypedResults.Ok(last)
            : CommonProblems.NotFound.ToResult("The first check of this process is not at its end yet.");
}
