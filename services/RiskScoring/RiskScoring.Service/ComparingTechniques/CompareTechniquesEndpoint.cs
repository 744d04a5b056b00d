using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ComparingTechniques;

internal static class CompareTechniquesEndpoint
{
    public static void MapCompareTechniques(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/overlap", HandleAsync).WithTags("Risk")
            .WithSummary("How far every two techniques fail together, and what nothing in the matrix tells apart")
            .WithDescription(
                "phi is the correlation of two techniques' failures, phiShare its share of what their probabilities allow. At most 100 "
                + "techniques. `version`, `lens` and `format` as for the report; as CSV, one row a pair.")
            .ProducesJsonOrCsv<RiskOverlap>().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<RiskOverlap>> HandleAsync(
        string study, [AsParameters] VersionQuestion asked, VersionAnswers answers, HttpRequest request,
        CancellationToken token) => answers.AskAsync(
            study, asked, "overlap", (matrix, lens) => new CompareTechniques(matrix, lens).Report(), OverlapCsv.Of, request, token);
}
