using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.RatingIntake.Service.ReadingRationales;
using AlignmentMesh.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.ReadingAssessment;

internal static class ReadAssessmentEndpoint
{
    public static void MapReadAssessment(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/assessment", HandleAsync).WithTags("Ratings")
            .WithSummary("The caller's own latest ratings")
            .WithDescription("With the version as ETag, for If-Match. Nobody sees another's unreleased ratings here.")
            .RequireAuthorization(Access.Rater);

    private static async Task<Results<Ok<AssessmentView>, ProblemHttpResult>> HandleAsync(
        string study, Caller caller, RaterRegistry raters, IDocumentStore store, FreeTexts texts, HttpResponse response,
        CancellationToken token)
    {
        if (await raters.FindAsync(study, caller, caller.Subject, token) is not { } rater)
            return CommonProblems.NotFound.ToResult($"You have rated nothing in study '{study}'.");
        var stream = StreamKeys.Assessment(study, caller.Organisation, rater.Rater);
        await using var session = store.QuerySession();
        var hot = await HotAssessments.StoredAsync(session, stream, token);
        var live = hot.State.Latest.Values.Where(record => record.Item is not null)
            .OrderBy(record => record.Item!.Technique, StringComparer.Ordinal)
            .ThenBy(record => record.Item!.FailureMode, StringComparer.Ordinal).ToArray();
        var own = await TextsAsync(texts, [.. live.Select(record => record.Item!.RationaleHash).OfType<string>()], token);
        response.Headers.ETag = $"\"{hot.Version}\"";
        return TypedResults.Ok(new AssessmentView(
            study, caller.Organisation, rater.Rater, hot.State.RaterKind ?? rater.Kind, hot.Version,
            [.. live.Select(record => View(record, own))]));
    }

    private static AssessmentItem View(OnRecord record, Dictionary<string, string> texts)
    {
        var item = record.Item!;
        return new AssessmentItem(
            item.Technique, item.FailureMode, record.Round, item.Verdict, Number(item.Best), Number(item.Lower), Number(item.Upper),
            Number(item.Confidence), item.RationaleHash is { } hash ? texts.GetValueOrDefault(hash) : null);
    }

    private static decimal? Number(string? text) => text is null ? null : Decimals.Parse(text);

    private static async Task<Dictionary<string, string>> TextsAsync(FreeTexts texts, string[] hashes, CancellationToken token)
    {
        var found = new Dictionary<string, string>();
        await foreach (var one in texts.ReadAsync(hashes, token)) found[one.Hash] = one.Text;
        return found;
    }
}
