using System.ComponentModel;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AlignmentMesh.MatrixAggregation.Service.GivingFeedback;

/// <summary>What a closed round came to, for its raters.</summary>
internal static class GiveFeedbackEndpoint
{
    public static void MapGiveFeedback(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/rounds/{round:int}/feedback", GiveAsync).WithTags("Matrix")
            .WithSummary("A closed round's answers by organisation, how far they differ, what changed, and the caller's own beside them")
            .WithDescription(
                "All of it was released by the round's close; with a rater's token it has the own answers too, without one it has not. "
                + "Rationales are without names, and in JSON only. `Accept: text/csv` or `format=csv`: one row per quantity and "
                + "organisation.")
            .ProducesJsonOrCsv<RoundFeedback>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<RoundFeedback>, FileContentHttpResult>> GiveAsync(
        string study, int round, Caller caller, VersionFinder finder, Versions versions, IntakeClient intake, HttpContext http,
        CancellationToken token, [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var (closed, before) = await finder.ClosedRoundAsync(study, round, token);
        var rater = caller.Is(Access.Rater)
            ? await intake.RaterAsync(study, http.Request.Headers.Authorization.ToString(), token)
            : null;
        var earlier = before is { } version ? await versions.ComputeAsync(study, version, token) : null;
        var found = await versions.ComputeAsync(study, closed, token);
        var rationales = await intake.RationalesAsync(study, asCsv ? [] : Feedback.Reasoned(found.State, round, rater), token);
        var feedback = Feedback.Of(found.State, found.Matrix, earlier?.State, rater, rationales);
        // It is one person's, and a rationale that was erased must not live on in a cache.
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.Authorization}";
        return asCsv
            ? TypedResults.File(Encoding.UTF8.GetBytes(FeedbackCsv.Write(feedback)), Csv.MediaType + "; charset=utf-8")
            : TypedResults.Ok(feedback);
    }
}
