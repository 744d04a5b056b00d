using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ChoosingTechniques;

internal static class ChooseTechniquesEndpoint
{
    public static void MapChooseTechniques(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/frontier", HandleAsync).WithTags("Risk")
            .WithSummary("Risk against safety tax: the portfolios that none beats, the best of every size, and what beats the others")
            .WithDescription(
                "Looks at all portfolios, of at most 20 techniques. Under rohl-1 the risk is jointSharedByMode, beyond some 12 techniques "
                + "joint, and the answer says which. jointRange has every contested, unrated or uncertain cell at its ends. `version`, "
                + "`lens` and `format` as for the report; as CSV, one row a portfolio.")
            .ProducesJsonOrCsv<RiskFrontier>().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<RiskFrontier>> HandleAsync(
        string study, [AsParameters] VersionQuestion asked, VersionAnswers answers, HttpRequest request,
        CancellationToken token) => answers.AskAsync(
            study, asked, "frontier", (matrix, lens) => new ChooseTechniques(matrix, lens).Report(), FrontierCsv.Of, request, token);
}
