using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ChangingAggregationPolicy;

internal static class ChangeAggregationPolicyEndpoint
{
    public static void MapChangeAggregationPolicy(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/policy", HandleAsync).WithTags("Studies")
            .WithSummary("Set the constants of ROHL-1 for the study")
            .WithDescription(
                "From the next version on every cell is pooled with them; earlier versions stay what they are. The request names all "
                + "constants: what it leaves out is ROHL-1's own value again.")
            .RequireAuthorization(Access.RoundManager);

    private static Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, ChangeAggregationPolicyRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, CancellationToken token) =>
        studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new ChangeAggregationPolicy(request.Constants, request.Reason).Decide, token);
}
