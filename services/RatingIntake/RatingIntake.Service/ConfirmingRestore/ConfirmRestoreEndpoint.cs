using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ConfirmingRestore;

internal static class ConfirmRestoreEndpoint
{
    public static void MapConfirmRestore(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}:confirm-restore", HandleAsync).WithTags("Studies")
            .WithSummary("Stand by a restore that another round manager announced")
            .WithDescription("The checkpoint signer signs the study again once an announced restore is confirmed and explains what it saw.")
            .RequireAuthorization(Access.RoundManager);

    private static async Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, ConfirmRestoreRequest request, Caller caller, IdempotencyKey.RequestKey key, StudyWriter studies,
        ManagerNames managers, CancellationToken token) =>
        await studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new ConfirmRestore(request.Epoch, await managers.NameAsync(study, caller, token)).Decide, token);
}
