using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
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
            .Produces<RiskReport>(StatusCodes.Status200OK, "application/json", RiskCsv.MediaType).Describe()
            .RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}/risk/portfolios/{ids}", PortfolioAsync).WithTags("Risk")
            .WithSummary("Risk of one portfolio, with the importance of every failure mode for it")
            .WithDescription(
                "`ids` are technique ids separated by commas, each once, in any order, e.g. RLHF,RLAIF,W2S. `version`, `lens` and "
                + "`format` as for the report.")
            .Produces<PortfolioReport>(StatusCodes.Status200OK, "application/json", RiskCsv.MediaType).Describe()
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<VersionedAnswer<RiskReport>> ReportAsync(
        string study, string? version, string? lens, string? portfolios, string? format, RiskReader reader, HttpRequest request,
        CancellationToken token)
    {
        var (chosenLens, choice) = (RiskRequest.Lens(lens), RiskRequest.Portfolios(portfolios));
        var isCsv = RiskRequest.IsCsv(request, format);
        var found = await reader.FindAsync(study, version, token);
        var report = Report(found, chosenLens, choice);
        var tag = report.Published == true ? report.Digest! : report.Digest + "-computed";
        return new VersionedAnswer<RiskReport>(
            report, tag, isImmutable: version is not null && found.IsFinal, isCsv ? RiskCsv.Of(report) : null);
    }

    private static async Task<VersionedAnswer<PortfolioReport>> PortfolioAsync(
        string study, string ids, string? version, string? lens, string? format, RiskReader reader, HttpRequest request,
        CancellationToken token)
    {
        var chosenLens = RiskRequest.Lens(lens);
        var isCsv = RiskRequest.IsCsv(request, format);
        var found = await reader.FindAsync(study, version, token);
        var techniques = RiskRequest.Techniques(ids, [.. found.Matrix.Techniques.Select(technique => technique.Id)]);
        var report = Scored(() => new ScoreRisk(found.Matrix, chosenLens).Portfolio(techniques));
        var digest = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(report, ContractJson.Options)));
        return new VersionedAnswer<PortfolioReport>(report, digest, isImmutable: version is not null, isCsv ? RiskCsv.Of(report) : null);
    }

    private static RiskReport Report(ReadableVersion found, string lens, PortfolioChoice choice)
    {
        if (choice == PortfolioChoice.Main && found.Reports?.FirstOrDefault(report => report.Lens == lens) is { } stored)
            return stored with { Published = true };
        return Scored(() => new ScoreRisk(found.Matrix, lens).Report(choice)) with { Published = false };
    }

    private static T Scored<T>(Func<T> score)
    {
        try
        {
            return score();
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
}
