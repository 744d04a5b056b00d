using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.RankingCells;

internal static class RankCellsEndpoint
{
    public static void MapRankCells(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/cells", HandleAsync).WithTags("Risk")
            .WithSummary("Which cell to settle next: what each could make of the joint")
            .WithDescription(
                "`portfolio` names techniques separated by commas (default: all of them). `version`, `lens` and `format` as for the "
                + "report. At most 20 techniques. As CSV, one row a cell.")
            .ProducesJsonOrCsv<RiskCells>().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<RiskCells>> HandleAsync(
        string study, [AsParameters] VersionQuestion asked, string? portfolio, VersionAnswers answers, HttpRequest request,
        CancellationToken token) => answers.AskAsync(
            study, asked, $"cells {RiskRequest.SameInAnyOrder(portfolio)}",
            (matrix, lens) => new RankCells(matrix, lens, RiskRequest.Portfolio(portfolio, matrix)).Report(), CellsCsv.Of, request, token);
}
