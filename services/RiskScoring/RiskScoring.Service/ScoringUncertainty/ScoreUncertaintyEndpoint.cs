using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.RiskScoring.Service.ReadingRisk;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ScoringUncertainty;

/// <summary>What the ratings leave open, carried to the risk of a version.</summary>
internal static class ScoreUncertaintyEndpoint
{
    public static void MapScoreUncertainty(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/risk/uncertainty", HandleAsync).WithTags("Risk")
            .WithSummary("The distribution of the risk over what the ratings leave open, with ranks and what moves it most")
            .WithDescription(
                "`shared` says what is wrong together: mode (default), none or all. `seed` is 0..9007199254740991 (default 1), `draws` "
                + "100..20000 (default 10000, or as many as the study allows); the same values give the same answer. `portfolio` names "
                + "the techniques that importance and tornado are about (default: all). `portfolios`, `version`, `lens` and `format` as "
                + "for the report; likelihoods have the spread between organisations. One answer is drawn at a time.")
            .ProducesJsonOrCsv<RiskUncertainty>().RequireAuthorization(Access.Reader);

    private static async Task<VersionedAnswer<RiskUncertainty>> HandleAsync(
        string study, [AsParameters] Parameters asked, RiskReader reader, AnswerRuns runs, RiskMetrics metrics, TimeProvider clock,
        HttpRequest request, CancellationToken token)
    {
        var question = UncertaintyQuestion.From(asked.Lens, asked.Portfolios, asked.Shared, asked.Seed, asked.Draws);
        var isCsv = RiskRequest.IsCsv(request, asked.Format);
        var found = await reader.FindAsync(study, asked.Version, token);
        var portfolio = RiskRequest.Portfolio(asked.Portfolio, found.Matrix);
        try
        {
            var answer = await runs.AskAsync(
                $"{found.Matrix.Digest} {question} {RiskRequest.SameInAnyOrder(asked.Portfolio)}",
                stopping =>
                {
                    var started = clock.GetTimestamp();
                    var drawn = question.Of(found.Matrix).Report(question.Choice, portfolio, stopping);
                    metrics.Drawn(clock.GetElapsedTime(started));
                    return drawn;
                },
                token, isLong: true);
            return new VersionedAnswer<RiskUncertainty>(
                answer.Report, answer.Digest, isImmutable: asked.Version is not null, isCsv ? UncertaintyCsv.Of(answer.Report) : null);
        }
        catch (RiskInputException impossible)
        {
            throw RiskProblems.TooMuchWork.Of(impossible.Field, impossible.Value, impossible.Allowed);
        }
    }

    internal sealed record Parameters(
        string? Version, string? Lens, string? Portfolios, string? Portfolio, string? Shared, string? Seed, string? Draws, string? Format);
}
