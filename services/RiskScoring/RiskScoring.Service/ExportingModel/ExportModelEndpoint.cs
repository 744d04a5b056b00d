using System.Globalization;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ExportingModel;

internal static class ExportModelEndpoint
{
    private const string MediaType = "application/xml";

    public static void MapExportModel(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/openpsa", HandleAsync).WithTags("Risk")
            .WithSummary("A portfolio as a fault tree in the Open-PSA Model Exchange Format")
            .WithDescription(
                "For tools of probabilistic risk assessment such as SCRAM. `portfolio` names techniques separated by commas (default: all "
                + "of them); it fails when `failing` of them do (default: all). `version` and `lens` as for the report; always XML.")
            .Produces<string>(StatusCodes.Status200OK, MediaType).Describe().RequireAuthorization(Access.Reader);

    private static Task<VersionedAnswer<string>> HandleAsync(
        string study, [AsParameters] Parameters asked, VersionAnswers answers, CancellationToken token) => answers.AskAsync(
            study, new VersionQuestion(asked.Version, asked.Lens, null),
            $"openpsa {asked.Failing} {RiskRequest.SameInAnyOrder(asked.Portfolio)}",
            (matrix, lens) =>
            {
                var portfolio = RiskRequest.Portfolio(asked.Portfolio, matrix);
                return new ExportModel(matrix, lens, portfolio, Failing(asked, portfolio?.Count ?? matrix.Techniques.Count)).Xml();
            },
            MediaType, token);

    private static int? Failing(Parameters asked, int techniques) => asked.Failing is not { } failing ? null
        : int.TryParse(failing, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= techniques
            ? number
            : throw RiskProblems.BadParameter.Of("failing", failing, $"1..{techniques}, the number of techniques");

    internal sealed record Parameters(string? Version, string? Lens, string? Portfolio, string? Failing);
}
