using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.OpeningStudy;

internal static class OpenStudyEndpoint
{
    public static void MapOpenStudy(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies", HandleAsync).WithTags("Studies")
            .WithSummary("Open a study with its catalogue")
            .WithDescription("The caller's organisation owns it and runs its rounds.").RequireAuthorization(Access.OrgAdmin);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        OpenStudyRequest request, Caller caller, IdempotencyKey.RequestKey key, StudyWriter studies, CancellationToken token) =>
        studies.OpenAsync(
            new OpenStudy(request.Study, request.Title, caller.Organisation, request.Catalogue, request.Label),
            caller, IdempotencyKey.Of(key, caller, request), token);
}
