using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.ChangingStudies;
using AlignmentMesh.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.ReadingStudies;

internal static class ReadStudiesEndpoints
{
    private const int MostStudies = 100;

    public static void MapReadStudies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies", ListAsync).WithTags("Studies")
            .WithSummary("All studies, by id").WithDescription("`after` continues behind an id, `limit` is 1..100.")
            .RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}", ShowAsync).WithTags("Studies")
            .WithSummary("A study: catalogue, organisations, rounds, constants of its own, announced restores")
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<StudyList>, ProblemHttpResult>> ListAsync(
        HotStudies studies, IDocumentStore store, NpgsqlDataSource database, HttpResponse response, CancellationToken token,
        string after = "", int limit = MostStudies)
    {
        if (limit is < 1 or > MostStudies) return IntakeProblems.OutOfRange("limit", limit, $"1..{MostStudies}");
        var ids = await IdsAsync(database, after, limit, token);
        await using var session = store.QuerySession();
        var summaries = new List<StudySummary>(ids.Count);
        foreach (var id in ids) summaries.Add(Summary((await studies.FreshAsync(session, id, token))!.State));
        var next = ids.Count == limit ? ids[^1] : null;
        if (next is not null) response.Headers.Link = $"</api/v1/studies?after={next}&limit={limit}>; rel=\"next\"";
        return TypedResults.Ok(new StudyList(summaries, next));
    }

    private static async Task<Results<Ok<StudyView>, ProblemHttpResult>> ShowAsync(
        string study, HotStudies studies, IDocumentStore store, CancellationToken token)
    {
        await using var session = store.QuerySession();
        return await studies.FreshAsync(session, study, token) is { } hot
            ? TypedResults.Ok(View(hot))
            : IntakeProblems.UnknownStudyResult(study);
    }

    private static async Task<List<string>> IdsAsync(NpgsqlDataSource database, string after, int limit, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            select id from {IntakeSchema.Name}.mt_streams
            where id collate "C" > $1 and id like 'study/%' order by id collate "C" limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = StreamKeys.Study(after) });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        var ids = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token)) ids.Add(StreamKeys.StudyOf(rows.GetString(0)));
        return ids;
    }

    private static StudySummary Summary(Study study) => new(
        study.Id, study.Title, study.Owner, study.Label, State(study), study.Techniques.Count, study.FailureModes.Count,
        study.Organisations.Values.Count(organisation => organisation.Admitted), study.OpenRound?.Round);

    private static StudyView View(HotStudy hot)
    {
        var study = hot.State;
        return new StudyView(
            study.Id, study.Title, study.Owner, study.Label, State(study), hot.Version,
            new Catalogue(study.Techniques, study.FailureModes, study.Portfolios),
            [.. study.Organisations.Select(pair =>
                new AdmittedOrganisation(pair.Key, pair.Value.Name, pair.Value.Admitted ? "admitted" : "removed"))],
            [.. study.Rounds.Select(round => new RoundView(round.Round, round.Mode, round.IsOpen ? "open" : "closed"))],
            study.Restores, study.Policy, study.Confirmations);
    }

    private static string State(Study study) => study.IsClosed ? "closed" : "open";
}
