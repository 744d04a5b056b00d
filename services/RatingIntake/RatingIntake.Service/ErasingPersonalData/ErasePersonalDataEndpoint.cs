using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ErasingPersonalData;

internal static class ErasePersonalDataEndpoint
{
    public static void MapErasePersonalData(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}:erase", HandleAsync).WithTags("Studies")
            .WithSummary("Erase rationales, evidence titles and who a rater is")
            .WithDescription(
                "Of one event (eventId) or of all events of a rater (rater, with name: also who it is). By an org-admin of the rater's "
                + "organisation or a round manager of the study's owner. Ratings, entries and proofs stay; the ledger says what was "
                + "erased, why, and on which legal basis.")
            .RequireAuthorization(Access.DataSteward);

    private static async Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, ErasePersonalDataRequest request, Caller caller, IdempotencyKey.RequestKey key, PersonalData data,
        RaterRegistry raters, StudyWriter studies, CancellationToken token)
    {
        if (request.EventId is null == request.Rater is null || (request.Name && request.Rater is null))
            return IntakeProblems.BadParameter.ToResult(
                "Give either eventId or rater; name only with rater.", [new("field", "rater"), new("allowed", "one of both")]);
        var of = request.EventId is { } id
            ? await data.RaterOfAsync(study, id, token)
            : (Organisation: request.Organisation ?? caller.Organisation, Rater: request.Rater!);
        if (of is not { } whose) return CommonProblems.NotFound.ToResult($"Study '{study}' has no rating by event {request.EventId}.");
        var (organisation, rater) = whose;
        var hashes = await data.HashesAsync(StreamKeys.Assessment(study, organisation, rater), request.EventId, token);
        var name = request.Name && await raters.KnowsAsync(study, organisation, rater, token) ? rater : null;
        var answer = await studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            state => (caller.Is(Access.OrgAdmin) && caller.Organisation == organisation)
                || (caller.Is(Access.RoundManager) && caller.Organisation == state.Owner)
                    ? new ErasePersonalData(hashes, name, request.Reason, request.LegalBasis).Decide(state)
                    : null,
            (operations, erasing) => PersonalData.QueueErasure(operations, study, organisation, hashes, name, erasing), token);
        if (name is not null) raters.Forget(name);
        return answer;
    }
}
