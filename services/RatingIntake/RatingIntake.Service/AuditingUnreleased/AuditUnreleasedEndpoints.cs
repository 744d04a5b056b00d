using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.AuditingUnreleased;

internal static class AuditUnreleasedEndpoints
{
    private const int MaxPage = 256;

    public static void MapAuditUnreleased(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies/{study}/unreleased", ReadAsync).WithTags("Audit")
            .WithSummary("Openings of a blind round that are not released, under a grant")
            .WithDescription(
                "For the auditor of a confirmed grant, until it ends. Every read is in the study's access log before it is answered. "
                + "Without a grant 404, whether there is such a study or not.")
            .RequireAuthorization(Access.Auditor);
        api.MapGet("/studies/{study}/audit-access", ListAsync).WithTags("Audit")
            .WithSummary("Who was let read unreleased ratings and who read what, newest first")
            .WithDescription("For round managers of the study's owner. `before` continues behind a record's number, `limit` is 1..256.")
            .RequireAuthorization(Access.RoundManager);
    }

    private static async Task<Results<Ok<LedgerOpenings>, ProblemHttpResult>> ReadAsync(
        string study, int round, Caller caller, UnreleasedReading reading, HttpResponse response, CancellationToken token, long from = 0,
        int limit = LedgerReader.MaxPage)
    {
        // What is under a grant must not live on in a cache, nor that there is none.
        response.Headers.CacheControl = "no-store";
        if (round < 1) return IntakeProblems.OutOfRange("round", round, "1 or more");
        if (limit is < 1 or > LedgerReader.MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{LedgerReader.MaxPage}");
        if (from < 0) return IntakeProblems.OutOfRange("from", from, "0 or more");
        return await reading.ReadAsync(study, new Person(caller.Issuer, caller.Subject), round, from, limit, token) is { } openings
            ? TypedResults.Ok(openings)
            : CommonProblems.NotFound.ToResult($"You have no grant that works now to read what is not released of a study '{study}'.");
    }

    private static async Task<Results<Ok<AuditAccessLog>, ProblemHttpResult>> ListAsync(
        string study, Caller caller, AuditAccess access, HttpResponse response, CancellationToken token,
        [Description("Number of a record.")] long? before = null, int limit = MaxPage)
    {
        if (limit is < 1 or > MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{MaxPage}");
        if (before < 1) return IntakeProblems.OutOfRange("before", before.Value, "1 or more");
        if (await access.RefusedAsync(study, caller, token) is { } problem) return problem;
        var records = await access.ListAsync(study, before ?? long.MaxValue, limit, token);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new AuditAccessLog(study, records, records is [.., { Number: > 1 and var last }] ? last : null));
    }
}
