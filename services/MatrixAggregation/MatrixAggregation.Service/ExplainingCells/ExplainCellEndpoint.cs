using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ExplainingCells;

/// <summary>Why a cell says what it says, and since when.</summary>
internal static class ExplainCellEndpoint
{
    private const string Cell = "/studies/{study}/matrix/cells/{technique}/{failureMode}";
    private const int NewestChanges = 20;
    private const int MostChanges = 200;

    public static void MapExplainCell(this IEndpointRouteBuilder api)
    {
        api.MapGet(Cell, ExplainAsync).WithTags("Matrix")
            .WithSummary("One cell with its lineage: every lens, each organisation's influence, and the released ratings behind it")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. Ratings of a blind round are not in it before the round closes. "
                + "`multiverse` has the cell under every lens, `history` its newest changes.")
            .Produces<CellLineage>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Reader);
        api.MapGet(Cell + "/history", ShowHistoryAsync).WithTags("Matrix")
            .WithSummary("The published versions in which a cell changed, newest first")
            .WithDescription(
                "`next` of an answer, given as `before`, continues with older ones; an answer may be empty and go on all the same.")
            .Produces<CellHistory>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<CellLineage>, StatusCodeHttpResult>> ExplainAsync(
        string study, string technique, string failureMode, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions,
        CellChanges changes, HttpContext http, CancellationToken token)
    {
        var chosen = await finder.FindAsync(study, choice, token);
        var version = await versions.ComputeAsync(study, chosen.Version, token);
        if (Lineage.Of(version.State, version.Matrix, technique, failureMode) is not { } lineage)
            throw MatrixProblems.Cell(study, technique, failureMode);
        if (VersionedAnswer.IsKnown(http, $"{lineage.Digest}.{technique}.{failureMode}", chosen.IsExplicit))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var history = await changes.ReadAsync(study, technique, failureMode, chosen.Version + 1, NewestChanges, token);
        return TypedResults.Ok(lineage with { History = history });
    }

    private static async Task<Ok<CellHistory>> ShowHistoryAsync(
        string study, string technique, string failureMode, VersionLog log, Versions versions, CellChanges changes, HttpResponse response,
        CancellationToken token,
        [Description("Continue below this version.")] long? before = null,
        [Description("1..200.")] int limit = NewestChanges)
    {
        if (limit is < 1 or > MostChanges) throw MatrixProblems.Limit("limit", limit, $"1 to {MostChanges}");
        var head = await log.HeadAsync(study, token) ?? throw MatrixProblems.Study(study);
        var newest = (await versions.ReadAsync(study, head.Version, token)).Matrix;
        if (newest.Techniques.All(item => item.Id != technique) || newest.FailureModes.All(item => item.Id != failureMode))
            throw MatrixProblems.Cell(study, technique, failureMode);
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(await changes.ReadAsync(study, technique, failureMode, before ?? long.MaxValue, limit, token));
    }
}
