using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ExplainingCells;

/// <summary>Why a cell says what it says.</summary>
internal static class ExplainCellEndpoint
{
    public static void MapExplainCell(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/matrix/cells/{technique}/{failureMode}", ExplainAsync).WithTags("Matrix")
            .WithSummary("One cell with its lineage: every lens, each organisation's influence, and the released ratings behind it")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. "
                + "Ratings of a blind round are not in it before the round closes.")
            .Produces<CellLineage>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<CellLineage>, StatusCodeHttpResult>> ExplainAsync(
        string study, string technique, string failureMode, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions,
        HttpContext http, CancellationToken token)
    {
        var chosen = await finder.FindAsync(study, choice, token);
        var version = await versions.ComputeAsync(study, chosen.Version, token);
        if (Lineage.Of(version.State, version.Matrix, technique, failureMode) is not { } lineage)
            throw MatrixProblems.Cell(study, technique, failureMode);
        return VersionedAnswer.IsKnown(http, $"{lineage.Digest}.{technique}.{failureMode}", chosen.IsExplicit)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(lineage);
    }
}
