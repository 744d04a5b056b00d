using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.NamingRaters;

internal static class ShowRaterEndpoint
{
    public static void MapShowRater(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/rater", HandleAsync).WithTags("Ratings")
            .WithSummary("Who the caller is as a rater of the study")
            .WithDescription("The id under which the caller's own ratings stand in the ledger; nobody can ask for another's.")
            .RequireAuthorization(Access.Rater);

    private static async Task<Results<Ok<StudyRater>, ProblemHttpResult>> HandleAsync(
        string study, Caller caller, RaterRegistry raters, HttpResponse response, CancellationToken token)
    {
        response.Headers.CacheControl = "no-store";
        return await raters.FindAsync(study, caller, caller.Subject, token) is { } rater
            ? TypedResults.Ok(new StudyRater(study, caller.Organisation, rater.Rater, rater.Kind))
            : CommonProblems.NotFound.ToResult($"You have rated nothing in study '{study}'.");
    }
}
