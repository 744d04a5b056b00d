using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ListingVersions;

/// <summary>Which versions were published.</summary>
internal static class ListVersionsEndpoints
{
    private const int MostVersions = 200;
    private const int UsualVersions = 50;

    public static void MapListVersions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies/{study}/matrix/versions", ListAsync).WithTags("Matrix")
            .WithSummary("The published versions, newest first")
            .WithDescription("`next` of an answer, given as `after`, continues with older ones; the Link header says the same.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Access.Reader);
        api.MapGet("/matrix/heads", HeadsAsync).WithTags("Matrix")
            .WithSummary("The newest published version of every study")
            .WithDescription("Consumers compare it with what they have, so that a lost message costs seconds.")
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Ok<MatrixVersions>> ListAsync(
        string study, VersionLog log, HttpResponse response, CancellationToken token,
        [Description("Continue below this version.")] long? after = null,
        [Description("1..200.")] int limit = UsualVersions)
    {
        if (limit is < 1 or > MostVersions) throw MatrixProblems.Limit("limit", limit, $"1 to {MostVersions}");
        if (await log.HeadAsync(study, token) is null) throw MatrixProblems.Study(study);
        var found = await log.ListAsync(study, after ?? long.MaxValue, limit + 1, token);
        long? next = found.Count > limit ? found[limit - 1].Version : null;
        if (next is not null)
            response.Headers.Link =
                $"</api/v1/studies/{Uri.EscapeDataString(study)}/matrix/versions?after={next}&limit={limit}>; rel=\"next\"";
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(new MatrixVersions(study, [.. found.Take(limit)], next));
    }

    private static async Task<Ok<MatrixHeads>> HeadsAsync(VersionLog log, HttpResponse response, CancellationToken token)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(new MatrixHeads(await log.HeadsAsync(token)));
    }
}
