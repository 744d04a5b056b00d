using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AuditingUnreleased;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.RevokingAuditGrant;

internal static class RevokeAuditGrantEndpoint
{
    public static void MapRevokeAuditGrant(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/audit-grants/{grant:long}:revoke", HandleAsync).WithTags("Audit")
            .WithSummary("End a grant at once")
            .WithDescription("Confirmed or not; any round manager of the owner may.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<AuditAccessRecord>, ProblemHttpResult>> HandleAsync(
        string study, long grant, Caller caller, AuditAccess access, TimeProvider clock, CancellationToken token) =>
        access.ChangeAsync(
            study, caller, new RevokeAuditGrant(grant, new Person(caller.Issuer, caller.Subject), clock.GetUtcNow()).Decide, token);
}
