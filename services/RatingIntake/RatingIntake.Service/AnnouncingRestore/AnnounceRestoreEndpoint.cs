using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.AnnouncingRestore;

internal static class AnnounceRestoreEndpoint
{
    public static void MapAnnounceRestore(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}:announce-restore", HandleAsync).WithTags("Studies")
            .WithSummary("Announce that the ledger was restored from a backup")
            .WithDescription(
                "Begins a new epoch: what was published beyond the kept entries is void. keptSize is how many entries the backup had "
                + "(default: all that the ledger has now); the service adds the root over them. Checkpoints are signed again when another "
                + "round manager has confirmed it.")
            .RequireAuthorization(Access.RoundManager);

    private static async Task<Results<Created<StudyChanged>, ProblemHttpResult>> HandleAsync(
        string study, AnnounceRestoreRequest request, Caller caller, IdempotencyKey.RequestKey key,
        StudyWriter studies, ManagerNames managers, LedgerReader ledger, CancellationToken token)
    {
        var size = await ledger.SizeAsync(study, token) ?? 0;
        var kept = request.KeptSize ?? size;
        var root = kept >= 1 && kept <= size ? (await ledger.HeadAsync(study, kept, token)).Root : "";
        return await studies.ChangeAsync(
            study, caller, IdempotencyKey.Of(key, caller, request),
            new AnnounceRestore(
                size, kept, root, request.LostSize, request.Reason, await managers.NameAsync(study, caller, token)).Decide, token);
    }
}
