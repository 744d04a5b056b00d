using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.SubmittingRatings;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.WithdrawingRatings;

internal static class WithdrawRatingsEndpoint
{
    public static void MapWithdrawRatings(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/ratings:withdraw", HandleAsync).WithTags("Ratings")
            .WithSummary("Withdraw ratings of one rater")
            .WithDescription("The quantities have no rating of the rater any more; earlier ratings do not revive.")
            .RequireAuthorization(Access.Rater);

    private static async Task<Results<Created<RatingsReceipt>, Ok<RatingsReceipt>, ProblemHttpResult>> HandleAsync(
        string study, WithdrawRatingsRequest request, Caller caller, IdempotencyKey.RequestKey key, IfMatch ifMatch, RaterDoor door,
        RatingsCommitter committer, HttpResponse response, CancellationToken token)
    {
        var rater = await door.EnterAsync(study, caller, token);
        var command = new WithdrawRatings(caller.Organisation, request.Round, request.Items);
        var outcome = await committer.CommitAsync(new Submission(
            study, caller.Organisation, [new RaterCommand(rater.Rater, command.Decide, [])],
            IdempotencyKey.Of(key, caller, request), ifMatch.Version, Activity.Current?.Id));
        return RatingsAnswer.ForOne(outcome, response);
    }
}
