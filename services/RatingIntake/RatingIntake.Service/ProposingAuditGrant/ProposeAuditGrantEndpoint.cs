using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AuditingUnreleased;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ProposingAuditGrant;

internal static class ProposeAuditGrantEndpoint
{
    public static void MapProposeAuditGrant(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/audit-grants", HandleAsync).WithTags("Audit")
            .WithSummary("Propose that an auditor may read what is not released, for a time")
            .WithDescription(
                "At most 30 days. It works once another round manager has confirmed it; every read under it is in the access log. "
                + "The same proposal again is answered with the earlier record.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<AuditAccessRecord>, ProblemHttpResult>> HandleAsync(
        string study, AuditGrant grant, Caller caller, AuditAccess access, TimeProvider clock, CancellationToken token) =>
        access.ChangeAsync(
            study, caller, new ProposeAuditGrant(grant, new Person(caller.Issuer, caller.Subject), clock.GetUtcNow()).Decide, token);
}
