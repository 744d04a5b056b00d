using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.RankingFailureModes;

internal static class RankFailureModesEndpoint
{
    public static void MapRankFailureModes(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/importance", HandleAsync).WithTags("Risk")
            .WithSummary("Which failure mode matters most, for a portfolio and averaged over all portfolios")
            .WithDescription(
                "`portfolio` names techniques separated by commas (default: all of them). `version`, `lens` and `format` as for the "
                + "report. As CSV, one row a failure mode.")
            .ProducesJsonOrCsv<RiskImportance>().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<RiskImportance>> HandleAsync(
        string study, [AsParameters] VersionQuestion asked, string? portfolio, VersionAnswers answers, HttpRequest request,
        CancellationToken token) => answers.AskAsync(
            study, asked, $"importance {RiskRequest.SameInAnyOrder(portfolio)}",
            (matrix, lens) => new RankFailureModes(matrix, lens, RiskRequest.Portfolio(portfolio, matrix)).Report(),
            ImportanceCsv.Of, request, token);
}
