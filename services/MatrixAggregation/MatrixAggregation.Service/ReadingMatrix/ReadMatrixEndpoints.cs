using System.ComponentModel;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>The consensus matrix, any version of it, under any lens.</summary>
internal static class ReadMatrixEndpoints
{
    public static void MapReadMatrix(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies/{study}/matrix", ShowAsync).WithTags("Matrix")
            .WithSummary("The consensus matrix under one lens, now or as of a version, an instant or a round")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. `Accept: text/csv` or `format=csv` answers with one row per cell. " +
                "An answer to an explicit `version` never changes; every answer has an ETag.")
            .Produces<MatrixView>().Produces<string>(StatusCodes.Status200OK, MatrixCsv.MediaType)
            .Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}/matrix/versions/{version:long}", ShowAllLensesAsync).WithTags("Matrix")
            .WithSummary("One version under every lens: what its digest covers")
            .WithDescription("Any version from 1 to the current one, published or not; the answer never changes.")
            .Produces<ConsensusMatrix>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<MatrixView>, FileContentHttpResult, StatusCodeHttpResult>> ShowAsync(
        string study, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions, HttpContext http,
        CancellationToken token,
        [Description("rohl-1 (headline) or crisp.")] string lens = Method.Rohl1,
        [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        if (!Method.Lenses.Contains(lens)) throw MatrixProblems.Lens(lens, Method.Lenses);
        var asCsv = IsCsv(format, http.Request);
        var chosen = await finder.FindAsync(study, choice, token);
        var found = await versions.ReadAsync(study, chosen.Version, token);
        if (VersionedAnswer.IsKnown(http, $"{found.Matrix.Digest}.{lens}.{(asCsv ? "csv" : "json")}", chosen.IsExplicit))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var view = View(found, lens);
        return asCsv
            ? TypedResults.File(Encoding.UTF8.GetBytes(MatrixCsv.Write(view)), MatrixCsv.MediaType + "; charset=utf-8")
            : TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<ConsensusMatrix>, StatusCodeHttpResult>> ShowAllLensesAsync(
        string study, long version, VersionFinder finder, Versions versions, HttpContext http, CancellationToken token)
    {
        var chosen = await finder.FindAsync(study, new VersionChoice(version), token);
        var matrix = (await versions.ReadAsync(study, chosen.Version, token)).Matrix;
        return VersionedAnswer.IsKnown(http, matrix.Digest!, isExplicit: true)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(matrix);
    }

    private static bool IsCsv(string? format, HttpRequest request) => format switch
    {
        "csv" => true,
        "json" => false,
        null => request.GetTypedHeaders()
            .Accept.Any(accepted => accepted.MediaType.Equals(MatrixCsv.MediaType, StringComparison.OrdinalIgnoreCase)),
        _ => throw MatrixProblems.Format(format),
    };

    private static MatrixView View(AnyVersion found, string lens)
    {
        var matrix = found.Matrix;
        var cells = matrix.Lenses[lens];
        return new MatrixView(
            matrix.Study, matrix.Label, matrix.Version, matrix.Root, matrix.AsOf, lens, Method: lens, matrix.Digest!, found.Published,
            cells.Count(cell => cell.Status != Status.NoData), cells.Count, matrix.Techniques, matrix.FailureModes, matrix.Portfolios,
            matrix.Likelihoods, matrix.SafetyTaxes, cells);
    }
}
