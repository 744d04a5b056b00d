using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RiskScoring.Service.ReplayingReports;

internal static class ReplayReportsEndpoint
{
    public static void MapReplayReports(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/replay", HandleAsync).WithTags("Risk")
            .WithSummary("Recompute the stored reports from the matrices they were made of, and compare")
            .WithDescription(
                "Answers a line of JSON for each stored report of the versions from `from` to `to`, as it is recomputed. One replay runs "
                + "at a time.")
            .Produces<ReplayedVersion>(StatusCodes.Status200OK, LinesOfJson.MediaType).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Reader);

    private static async Task<EmptyHttpResult> HandleAsync(
        string study, ReportReplay replay, HttpResponse response, CancellationToken token,
        [Description("First version, 1 or more.")] long from = 1, [Description("Last version; the newest without.")] long? to = null)
    {
        await foreach (var line in replay.RunAsync(study, from, to, token)) await response.WriteLineAsync(line, token);
        return TypedResults.Empty;
    }
}
