using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Service.PullingMatrices;
using AlignmentMesh.RiskScoring.Service.ScoringRisk;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Polly;

namespace AlignmentMesh.RiskScoring.Service.ReportingProgress;

internal static class ReportProgressEndpoint
{
    public static void MapReportProgress(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/subscription", ShowAsync).WithTags("Operations")
            .WithSummary("Newest scored against newest known version, by study").RequireAuthorization(Access.Operator);

    private static async Task<Ok<RiskProgress>> ShowAsync(MatrixClient matrices, ScoredVersions scored, CancellationToken token)
    {
        try
        {
            var studies = new List<ScoredStudy>();
            foreach (var head in (await matrices.HeadsAsync(token)).Heads)
            {
                var newest = await scored.NewestAsync(head.Study, token);
                studies.Add(new ScoredStudy(head.Study, head.Version, head.Digest, newest?.Version ?? 0, newest?.MatrixDigest));
            }

            return TypedResults.Ok(new RiskProgress(true, studies));
        }
        catch (Exception failure) when (failure is HttpRequestException or ExecutionRejectedException)
        {
            // That it cannot be asked is what the operator wants to know.
            return TypedResults.Ok(new RiskProgress(false, []));
        }
    }
}
