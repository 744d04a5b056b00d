using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

internal static class ReadVersionsEndpoint
{
    private const int MostVersions = 1000;

    public static void MapReadVersions(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/versions", ListAsync).WithTags("Risk")
            .WithSummary("Which versions were scored when they were published")
            .WithDescription(
                "Oldest first, from version `from` on, at most `limit` (1..1000). Any other version of the matrix is computed on "
                + "request, with the digest it would have had.")
            .Produces<RiskVersions>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Access.Reader);

    private static async Task<Ok<RiskVersions>> ListAsync(
        string study, ScoredVersions scored, HttpResponse response, CancellationToken token, long from = 0, int limit = MostVersions)
    {
        if (limit is < 1 or > MostVersions)
            throw RiskProblems.BadParameter.Of("limit", limit.ToString(CultureInfo.InvariantCulture), $"1..{MostVersions}");
        if (await scored.NewestAsync(study, token) is not { } newest) throw RiskReader.UnknownStudy(study);
        var found = await scored.ListAsync(study, from, limit, token);
        var next = found.Count == limit && found[^1].Version < newest.Version ? found[^1].Version + 1 : (long?)null;
        if (next is not null)
            response.Headers.Link = string.Create(
                CultureInfo.InvariantCulture,
                $"</api/v1/studies/{Uri.EscapeDataString(study)}/risk/versions?from={next}&limit={limit}>; rel=\"next\"");
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(new RiskVersions(
            study,
            [.. found.Select(version => new RiskVersion(version.Version, version.MatrixDigest, version.Digests, version.ScoredAt))],
            next));
    }
}
