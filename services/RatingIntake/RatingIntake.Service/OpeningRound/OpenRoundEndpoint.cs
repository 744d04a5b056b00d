using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.OpeningRound;

internal static class OpenRoundEndpoint
{
    public static void MapOpenRound(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/rounds", HandleAsync).WithTags("Studies")
            .WithSummary("Open the next round")
            .WithDescription("Mode open releases ratings as they come, blind releases them together when the round closes.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, OpenRoundRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request), new OpenRound(request.Mode).Decide, token);
}
