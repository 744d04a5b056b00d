using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using AlignmentMesh.ServiceDefaults.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.RebuildingStudy;

internal static class RebuildStudyEndpoint
{
    private const string LinesOfJson = "application/x-ndjson";
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static void MapRebuildStudy(this IEndpointRouteBuilder api) =>
        api.MapPost("/operations/studies/{study}:rebuild", HandleAsync).WithTags("Operations")
            .WithSummary("Refold a study from its first entry beside the running state, and compare or replace")
            .WithDescription(
                "Answers lines of JSON: progress, then the result. Every recorded version is compared. A dry run changes nothing; "
                + "otherwise what differs is replaced in one transaction. Reads stay up.")
            .Produces<RebuildLine>(StatusCodes.Status200OK, LinesOfJson).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).RequireAuthorization(Access.Operator);

    private static async Task<EmptyHttpResult> HandleAsync(
        string study, RebuildRequest request, Caller caller, StudyRebuild rebuild, OperationLog log, HttpResponse response,
        CancellationToken token)
    {
        await log.RunAsync(
            new Operation(caller, "rebuild", request.DryRun, ("study", study), ("force", request.Force)),
            () => rebuild.RunAsync(study, request, line => WriteAsync(response, line, token), token),
            last => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{last.State}: {last.Entries} entries, {last.Versions} versions compared, {last.DifferentEntries} entries and "
                + $"{last.DifferentVersions} versions different"),
            token);
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, RebuildLine line, CancellationToken token)
    {
        if (!response.HasStarted) response.ContentType = LinesOfJson;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ContractJson.Options), token);
        await response.Body.WriteAsync(NewLine, token);
        await response.Body.FlushAsync(token);
    }
}
