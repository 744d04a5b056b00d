using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ProvingLedger;

/// <summary>Proofs show hashes only, so anyone may have them, also of entries that are not released.</summary>
internal static class ProveLedgerEndpoints
{
    public static void MapProveLedger(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/{study}/proof/inclusion", InclusionAsync).WithTags("Ledger")
            .WithSummary("Prove that an entry is in the ledger")
            .WithDescription(
                "RFC 6962 audit path, from the leaf up. The entry is named by `index` or by `event`; `size` is the tree's, by default "
                + "all entries there are.")
            .RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}/proof/consistency", ConsistencyAsync).WithTags("Ledger")
            .WithSummary("Prove that the ledger only grew")
            .WithDescription("RFC 6962 consistency proof from size `from` to size `to`, by default all entries there are.")
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<InclusionProof>, ProblemHttpResult>> InclusionAsync(
        string study, LedgerReader ledger, LedgerProofs proofs, CancellationToken token, long? index = null,
        [Description("Id of an event, as a receipt has it.")] Guid? @event = null, long? size = null)
    {
        if (await ledger.SizeAsync(study, token) is not { } current) return IntakeProblems.UnknownStudyResult(study);
        if (index is null == @event is null)
            return IntakeProblems.BadParameter.ToResult(
                "Give either index or event.", [new("field", "index"), new("allowed", "one of both")]);
        if (size is < 1 || size > current) return IntakeProblems.OutOfRange("size", size.Value, $"1..{current}, the ledger's size now");
        var at = index ?? await proofs.IndexOfAsync(study, @event!.Value, token);
        if (at is null)
            return CommonProblems.NotFound.ToResult($"Study '{study}' has no entry of event {@event}; an accepted one has it in seconds.");
        var tree = size ?? current;
        return at >= 0 && at < tree
            ? TypedResults.Ok(await proofs.InclusionAsync(study, at.Value, tree, token))
            : IntakeProblems.OutOfRange("index", at.Value, $"0..{tree - 1}, below the size");
    }

    private static async Task<Results<Ok<ConsistencyProof>, ProblemHttpResult>> ConsistencyAsync(
        string study, long from, LedgerReader ledger, LedgerProofs proofs, CancellationToken token, long? to = null)
    {
        if (await ledger.SizeAsync(study, token) is not { } current) return IntakeProblems.UnknownStudyResult(study);
        if (to is < 0 || to > current) return IntakeProblems.OutOfRange("to", to.Value, $"0..{current}, the ledger's size now");
        return from >= 0 && from <= (to ?? current)
            ? TypedResults.Ok(await proofs.ConsistencyAsync(study, from, to ?? current, token))
            : IntakeProblems.OutOfRange("from", from, $"0..{to ?? current}, at most 'to'");
    }
}
