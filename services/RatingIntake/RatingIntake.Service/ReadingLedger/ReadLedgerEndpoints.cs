using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ReadingLedger;

/// <summary>The ledger feed: what consumers repair gaps from and auditors replay.</summary>
internal static class ReadLedgerEndpoints
{
    public static void MapReadLedger(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger", HeadsAsync).WithTags("Ledger")
            .WithSummary("The current signed head of every study's ledger").RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}", HeadAsync).WithTags("Ledger")
            .WithSummary("Size and root of a study's ledger, signed")
            .WithDescription("`size` asks for an earlier head; default is the current one.").RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}/entries", EntriesAsync).WithTags("Ledger")
            .WithSummary("Entries from an index on, with the signed head after the last of them")
            .WithDescription("Entries of a blind round that has not closed carry their leaf only.").RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}/openings", OpeningsAsync).WithTags("Ledger")
            .WithSummary("What the leaves of a closed round commit to").RequireAuthorization(Access.Reader);
    }

    private static async Task<Ok<LedgerHeads>> HeadsAsync(LedgerReader ledger, CancellationToken token) =>
        TypedResults.Ok(await ledger.HeadsAsync(token));

    private static async Task<Results<Ok<TreeHead>, ProblemHttpResult>> HeadAsync(
        string study, long? size, LedgerReader ledger, CancellationToken token)
    {
        if (await ledger.SizeAsync(study, token) is not { } current) return IntakeProblems.UnknownStudyResult(study);
        if (size is < 0 || size > current) return IntakeProblems.OutOfRange("size", size.Value, $"0..{current}, the ledger's size now");
        return TypedResults.Ok(await ledger.HeadAsync(study, size ?? current, token));
    }

    private static async Task<Results<Ok<LedgerPage>, ProblemHttpResult>> EntriesAsync(
        string study, LedgerReader ledger, HttpResponse response, CancellationToken token, long from = 0, int limit = LedgerReader.MaxPage)
    {
        if (limit is < 1 or > LedgerReader.MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{LedgerReader.MaxPage}");
        if (await ledger.SizeAsync(study, token) is not { } current) return IntakeProblems.UnknownStudyResult(study);
        if (from < 0 || from > current) return IntakeProblems.OutOfRange("from", from, $"0..{current}, the ledger's size now");
        var page = await ledger.PageAsync(study, from, limit, token);
        if (page.Head.Size < current)
            response.Headers.Link = $"</api/v1/ledger/{study}/entries?from={page.Head.Size}&limit={limit}>; rel=\"next\"";
        return TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<LedgerOpenings>, ProblemHttpResult>> OpeningsAsync(
        string study, int round, LedgerReader ledger, CancellationToken token, long from = 0, int limit = LedgerReader.MaxPage)
    {
        if (limit is < 1 or > LedgerReader.MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{LedgerReader.MaxPage}");
        if (from < 0) return IntakeProblems.OutOfRange("from", from, "0 or more");
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        return TypedResults.Ok(await ledger.OpeningsAsync(study, round, from, limit, token));
    }
}
