using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AuditingUnreleased;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ConfirmingAuditGrant;

internal static class ConfirmAuditGrantEndpoint
{
    public static void MapConfirmAuditGrant(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/audit-grants/{grant:long}:confirm", HandleAsync).WithTags("Audit")
            .WithSummary("Stand by a grant that another round manager proposed")
            .WithDescription("From then on its auditor may read, until it ends. Nobody confirms what he proposed or what is for him.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<AuditAccessRecord>, ProblemHttpResult>> HandleAsync(
        string study, long grant, Caller caller, AuditAccess access, TimeProvider clock, CancellationToken token) =>
        access.ChangeAsync(
            study, caller, new ConfirmAuditGrant(grant, new Person(caller.Issuer, caller.Subject), clock.GetUtcNow()).Decide, token);
}
