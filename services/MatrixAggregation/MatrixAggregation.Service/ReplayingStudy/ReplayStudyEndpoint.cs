using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ReplayingStudy;

internal static class ReplayStudyEndpoint
{
    public static void MapReplayStudy(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/replay", HandleAsync).WithTags("Matrix")
            .WithSummary("Recompute the published versions from the ledger's first entry, and compare")
            .WithDescription(
                "Answers a line of JSON for each published version from `from` to `to`, as it is recomputed. It proves that the service "
                + "agrees with itself; `mesh audit` does the same elsewhere. One replay runs at a time.")
            .Produces<ReplayedVersion>(StatusCodes.Status200OK, LinesOfJson.MediaType).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Reader);

    private static async Task<EmptyHttpResult> HandleAsync(
        string study, StudyReplay replay, HttpResponse response, CancellationToken token,
        [Description("First version, 1 or more.")] long from = 1, [Description("Last version; the newest without.")] long? to = null)
    {
        await foreach (var line in replay.RunAsync(study, from, to, token)) await response.WriteLineAsync(line, token);
        return TypedResults.Empty;
    }
}
