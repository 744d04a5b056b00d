using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ClosingStudy;

internal static class CloseStudyEndpoint
{
    public static void MapCloseStudy(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}:close", HandleAsync).WithTags("Studies")
            .WithSummary("Close a study")
            .WithDescription("Ends all writing; everything stays readable.").RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, CloseStudyRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request), new CloseStudy(request.Reason).Decide, token);
}
