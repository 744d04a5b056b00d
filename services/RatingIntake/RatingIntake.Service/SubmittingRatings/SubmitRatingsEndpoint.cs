using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.SubmittingRatings;

internal static class SubmitRatingsEndpoint
{
    public static void MapSubmitRatings(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/ratings", HandleAsync).WithTags("Ratings")
            .WithSummary("Submit ratings of one rater")
            .WithDescription(
                "1 to 500 items, accepted as one ledger event or refused as a whole. The rater and the organisation come from the token. "
                + "A later rating of the same quantity supersedes the earlier one. 201: durable. 200: everything was on record already.")
            .RequireAuthorization(Access.Rater);

    private static async Task<Results<Created<RatingsReceipt>, Ok<RatingsReceipt>, ProblemHttpResult>> HandleAsync(
        string study, SubmitRatingsRequest request, Caller caller, IdempotencyKey.RequestKey key, IfMatch ifMatch, RaterDoor door,
        RatingsCommitter committer, HttpResponse response, CancellationToken token)
    {
        var rater = await door.EnterAsync(study, caller, token);
        var (items, texts) = RatingHashing.Hash(request.Items);
        var command = new SubmitRatings(caller.Organisation, rater.Kind, request.Round, items);
        var outcome = await committer.CommitAsync(new Submission(
            study, caller.Organisation, [new RaterCommand(rater.Rater, command.Decide, texts)],
            IdempotencyKey.Of(key, caller, request), ifMatch.Version, Activity.Current?.Id));
        return RatingsAnswer.ForOne(outcome, response);
    }
}
