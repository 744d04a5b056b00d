using System.ComponentModel;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ReadingRationales;

/// <summary>Rationales of released ratings. What is released is decided by <see cref="LedgerReader"/> alone.</summary>
internal static class ReadRationalesEndpoint
{
    // A page ends before the entry that would take it further past this many characters, or texts to look for.
    private const int MaxPageCharacters = 1024 * 1024;
    private const int MaxPageTexts = 1024;
    private const int MaxEntries = 32;

    public static void MapReadRationales(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies/{study}/rounds/{round:int}/rationales", HandleAsync).WithTags("Ratings")
            .WithSummary("The rationales that were released with a round's ratings")
            .WithDescription(
                "None of a blind round before it closes. With `titles` also titles of evidence. Each text comes with the salt that makes "
                + "its hash in the ledger. Of a text that was erased it names the hash and the event that says why.")
            .RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}/rationales", OfQuantityAsync).WithTags("Ratings")
            .WithSummary("Why one quantity was rated so: rationales and titles of evidence in up to 32 entries")
            .WithDescription(
                "`entry` is given once for each ledger index. No `technique` means a failure mode's likelihood, no `failureMode` a "
                + "technique's safety tax. Entries that are not released, or rate something else, have none.")
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<RoundRationales>, ProblemHttpResult>> HandleAsync(
        string study, int round, LedgerReader ledger, FreeTexts texts, HttpResponse response, CancellationToken token, long from = 0,
        int limit = LedgerReader.MaxPage, bool titles = false)
    {
        if (limit is < 1 or > LedgerReader.MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{LedgerReader.MaxPage}");
        if (from < 0) return IntakeProblems.OutOfRange("from", from, "0 or more");
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        var openings = await ledger.OpeningsAsync(study, round, from, limit, token);
        var (places, cut) = Places(openings.Openings, titles);
        var (found, characters, last, next) = (new List<ReleasedRationale>(), 0, from, cut ?? openings.Next);
        await foreach (var text in texts.ReadAsync(places.Keys, token))
        {
            var index = places[text.Hash];
            if (characters > MaxPageCharacters && index > last)
            {
                next = index;
                break;
            }

            (characters, last) = (characters + text.Text.Length, index);
            found.Add(text);
        }

        // An erased text must not live on in a cache.
        response.Headers.CacheControl = "no-store";
        var erased = await texts.ErasedAsync(places.Keys, token);
        return TypedResults.Ok(new RoundRationales(study, round, found, next, erased.Count > 0 ? erased : null));
    }

    /// <summary>The hashes in the order of the entries that name them, and the first entry that is left for the next page.</summary>
    private static (Dictionary<string, long> Places, long? Next) Places(IReadOnlyList<LedgerOpening> openings, bool titles)
    {
        var places = new Dictionary<string, long>();
        foreach (var opening in openings)
        {
            if (places.Count > MaxPageTexts) return (places, opening.Index);
            foreach (var hash in Items(opening).SelectMany(item => titles ? TextHashes.Of(item) : RationaleOf(item)))
                places.TryAdd(hash, opening.Index);
        }

        return (places, null);
    }

    private static async Task<Results<Ok<QuantityRationales>, ProblemHttpResult>> OfQuantityAsync(
        string study, [Description("Ledger index.")] long[] entry, LedgerReader ledger, FreeTexts texts, HttpResponse response,
        CancellationToken token, string? technique = null, string? failureMode = null)
    {
        if (entry.Length is 0 or > MaxEntries) return IntakeProblems.OutOfRange("entry", entry.Length, $"1..{MaxEntries} of them");
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        var rated = (await ledger.OpeningsAsync(study, entry, token)).SelectMany(Items)
            .Where(item => item.Technique == technique && item.FailureMode == failureMode);
        var hashes = rated.SelectMany(TextHashes.Of).ToHashSet();
        response.Headers.CacheControl = "no-store";
        var found = await texts.ReadAsync(hashes, token).ToListAsync(token);
        var erased = await texts.ErasedAsync(hashes, token);
        return TypedResults.Ok(new QuantityRationales(study, technique, failureMode, found, erased.Count > 0 ? erased : null));
    }

    private static IEnumerable<string> RationaleOf(RatedItem item) => item.RationaleHash is { } hash ? [hash] : [];

    private static IReadOnlyList<RatedItem> Items(LedgerOpening opening)
    {
        var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope));
        return envelope.Type == LedgerEventNames.Of(typeof(RatingsSubmitted))
            ? envelope.Data.Deserialize<RatingsSubmitted>(ContractJson.Options)!.Items
            : [];
    }
}
