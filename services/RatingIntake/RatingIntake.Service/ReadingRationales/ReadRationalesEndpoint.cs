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
    // A page ends before the entry that would take it further past this many characters.
    private const int MaxPageCharacters = 1024 * 1024;

    public static void MapReadRationales(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/rounds/{round:int}/rationales", HandleAsync).WithTags("Ratings")
            .WithSummary("The rationales that were released with a round's ratings")
            .WithDescription(
                "None of a blind round before it closes. Of a text that was erased it names the hash and the event that says why.")
            .RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<RoundRationales>, ProblemHttpResult>> HandleAsync(
        string study, int round, LedgerReader ledger, FreeTexts texts, HttpResponse response, CancellationToken token, long from = 0,
        int limit = LedgerReader.MaxPage)
    {
        if (limit is < 1 or > LedgerReader.MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{LedgerReader.MaxPage}");
        if (from < 0) return IntakeProblems.OutOfRange("from", from, "0 or more");
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        var openings = await ledger.OpeningsAsync(study, round, from, limit, token);
        var places = openings.Openings.SelectMany(opening => Hashes(opening).Select(hash => (Hash: hash, opening.Index)))
            .DistinctBy(pair => pair.Hash).ToDictionary(pair => pair.Hash, pair => pair.Index);
        var (found, characters, last, next) = (new List<ReleasedRationale>(), 0, from, openings.Next);
        await foreach (var (hash, text) in texts.ReadAsync(places.Keys, token))
        {
            var index = places[hash];
            if (characters > MaxPageCharacters && index > last)
            {
                next = index;
                break;
            }

            (characters, last) = (characters + text.Length, index);
            found.Add(new ReleasedRationale(hash, text));
        }

        // An erased text must not live on in a cache.
        response.Headers.CacheControl = "no-store";
        var erased = await texts.ErasedAsync(places.Keys, token);
        return TypedResults.Ok(new RoundRationales(study, round, found, next, erased.Count > 0 ? erased : null));
    }

    private static IEnumerable<string> Hashes(LedgerOpening opening)
    {
        var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope));
        return envelope.Type == LedgerEventNames.Of(typeof(RatingsSubmitted))
            ? envelope.Data.Deserialize<RatingsSubmitted>(ContractJson.Options)!.Items.Select(item => item.RationaleHash).OfType<string>()
            : [];
    }
}
