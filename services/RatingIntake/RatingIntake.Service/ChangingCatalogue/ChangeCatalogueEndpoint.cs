using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ChangingCatalogue;

internal static class ChangeCatalogueEndpoint
{
    public static void MapChangeCatalogue(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/catalogue", HandleAsync).WithTags("Studies")
            .WithSummary("Redefine or add a technique or failure mode")
            .WithDescription("A material change makes earlier ratings of the item stale: shown, not counted.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, ChangeCatalogueRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new ChangeCatalogue(
                request.Kind, request.Id, request.Name, request.Definition, request.Material, request.Reason).Decide, token);
}
