using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ClosingRound;

internal static class CloseRoundEndpoint
{
    public static void MapCloseRound(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/rounds/{round:int}:close", HandleAsync).WithTags("Studies")
            .WithSummary("Close a round")
            .WithDescription("Nothing accepted for a round is sequenced after its close; a blind round is released by it.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, int round, Caller caller, IdempotencyKey.RequestKey key, StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(study, caller, IdempotencyKey.Of(key, caller, round), new CloseRound(round).Decide, token);
}
