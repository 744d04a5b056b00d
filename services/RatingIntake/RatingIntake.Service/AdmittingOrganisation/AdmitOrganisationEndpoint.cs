using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.AdmittingOrganisation;

internal static class AdmitOrganisationEndpoint
{
    public static void MapAdmitOrganisation(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/organisations", HandleAsync).WithTags("Studies")
            .WithSummary("Admit an organisation to a study")
            .WithDescription("Round managers of the study's owner; its experts may rate from then on.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, AdmitOrganisationRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new AdmitOrganisation(request.Organisation, request.Name).Decide, token);
}
