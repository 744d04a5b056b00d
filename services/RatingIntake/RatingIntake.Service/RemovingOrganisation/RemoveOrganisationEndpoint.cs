using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.RemovingOrganisation;

internal static class RemoveOrganisationEndpoint
{
    public static void MapRemoveOrganisation(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/organisations/{organisation}:remove", HandleAsync).WithTags("Studies")
            .WithSummary("Remove an organisation from a study")
            .WithDescription("Its ratings end here; nothing earlier is rewritten.").RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, string organisation, RemoveOrganisationRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new RemoveOrganisation(organisation, request.Reason).Decide, token);
}
