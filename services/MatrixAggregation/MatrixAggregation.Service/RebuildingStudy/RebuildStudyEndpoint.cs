using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

internal static class RebuildStudyEndpoint
{
    public static void MapRebuildStudy(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/studies/{study}:rebuild", HandleAsync).WithTags("Operations")
            .WithSummary("Refold a study from its first entry beside the running state, and compare or replace")
            .WithDescription(
                "Answers lines of JSON: progress, then the result. Every recorded version is compared. A dry run changes nothing; "
                + "otherwise what differs is replaced in one transaction. Reads stay up.")
            .Produces<RebuildLine>(StatusCodes.Status200OK, LinesOfJson.MediaType).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).RequireAuthorization(Access.Operator);

    private static async Task<EmptyHttpResult> HandleAsync(
        string study, RebuildRequest request, Caller caller, StudyRebuild rebuild, OperationLog log, HttpResponse response,
        CancellationToken token)
    {
        await log.RunAsync(
            new Operation(caller, "rebuild", request.DryRun, ("study", study), ("force", request.Force)),
            () => rebuild.RunAsync(study, request, line => response.WriteLineAsync(line, token), token),
            last => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{last.State}: {last.Entries} entries, {last.Versions} versions compared, {last.DifferentEntries} entries and "
                + $"{last.DifferentVersions} versions different"),
            token);
        return TypedResults.Empty;
    }
}
