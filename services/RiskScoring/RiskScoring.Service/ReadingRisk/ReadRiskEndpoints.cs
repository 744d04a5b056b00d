using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>The report of a version, and any portfolio of it.</summary>
internal static class ReadRiskEndpoints
{
    public static void MapReadRisk(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies/{study}/risk", ReportAsync).WithTags("Risk")
            .WithSummary("Defence-in-depth risk of one matrix version under one lens")
            .WithDescription(
                "`version` is a ledger size (default: the newest scored), `lens` is rohl-1 (default) or crisp, `portfolios` is main "
                + "(default: named ones, single techniques, all together) or all (at most 12 techniques). JSON, or CSV with Accept "
                + "text/csv or `format=csv`. Figures are expert judgement, not observed frequency.")
            .ProducesJsonOrCsv<RiskReport>().RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}/risk/portfolios/{ids}", PortfolioAsync).WithTags("Risk")
            .WithSummary("Risk of one portfolio, with what its techniques and every failure mode are worth in it")
            .WithDescription(
                "`ids` are technique ids separated by commas, each once, in any order, e.g. RLHF,RLAIF,W2S. `version`, `lens` and "
                + "`format` as for the report; the CSV has the portfolio's row of it.")
            .ProducesJsonOrCsv<PortfolioReport>().RequireAuthorization(Access.Reader);
    }

    private static async Task<VersionedAnswer<RiskReport>> ReportAsync(
        string study, [AsParameters] VersionQuestion asked, string? portfolios, RiskReader reader, AnswerRuns runs, HttpRequest request,
        CancellationToken token)
    {
        var (lens, choice) = (RiskRequest.Lens(asked.Lens), RiskRequest.Portfolios(portfolios));
        var isCsv = RiskRequest.IsCsv(request, asked.Format);
        var found = await reader.FindAsync(study, asked.Version, token);
        var report = await FindOrScoreAsync(found, lens, choice, runs, token);
        var tag = report.Published == true ? report.Digest! : report.Digest + "-computed";
        return new VersionedAnswer<RiskReport>(
            report, tag, isImmutable: asked.Version is not null && found.IsFinal, isCsv ? RiskCsv.Of(report) : null);
    }

    private static Task<VersionedAnswer<PortfolioReport>> PortfolioAsync(
        string study, string ids, [AsParameters] VersionQuestion asked, VersionAnswers answers, HttpRequest request,
        CancellationToken token) =>
        answers.AskAsync(
            study, asked, $"portfolio {RiskRequest.SameInAnyOrder(ids)}",
            (matrix, lens) => new ScoreRisk(matrix, lens).Portfolio(RiskRequest.Techniques(ids, matrix)), RiskCsv.Of, request, token);

    private static async Task<RiskReport> FindOrScoreAsync(
        ReadableVersion found, string lens, PortfolioChoice choice, AnswerRuns runs, CancellationToken token)
    {
        if (choice == PortfolioChoice.Main && found.Reports?.FirstOrDefault(report => report.Lens == lens) is { } stored)
            return stored with { Published = true };
        try
        {
            var computed = await runs.AskAsync(
                $"{found.Matrix.Digest} {lens} report {choice}", _ => new ScoreRisk(found.Matrix, lens).Report(choice), token);
            return computed.Report with { Published = false };
        }
        catch (RiskInputException impossible)
        {
            throw RiskProblems.TooLarge.Of(impossible.Field, impossible.Value, impossible.Allowed);
        }
    }

    /// <summary>The answers that every question about a version may get.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint) => endpoint
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static RouteHandlerBuilder ProducesJsonOrCsv<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<T>(StatusCodes.Status200OK, "application/json", Csv.MediaType).Describe();
}
