using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.CheckingPaper;

internal static class CheckPaperEndpoint
{
    public static void MapCheckPaper(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/paper", HandleAsync).WithTags("Risk")
            .WithSummary("What becomes of the conclusions of Dung and Mai (2025) under this matrix")
            .WithDescription(
                "Each conclusion holds, holds-partly, does-not-hold, or is not-testable where the matrix lacks what it is about; the "
                + "number that decides stands beside it. `version`, `lens` and `format` as for the report; as CSV, one row a conclusion.")
            .ProducesJsonOrCsv<RiskPaper>().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<RiskPaper>> HandleAsync(
        string study, [AsParameters] VersionQuestion asked, VersionAnswers answers, HttpRequest request,
        CancellationToken token) => answers.AskAsync(
            study, asked, "paper", (matrix, lens) => new CheckPaper(matrix, lens).Report(), PaperCsv.Of, request, token);
}
