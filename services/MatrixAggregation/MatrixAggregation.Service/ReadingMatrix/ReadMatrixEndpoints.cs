using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;
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
                "An answer to an explicit `version` never changes; every answer has an ETag. " +
                "`overview` has coverage, agreement in short, and the cells whose raters differ most.")
            .ProducesVersioned<MatrixView>().RequireAuthorization(Access.Reader);
        api.MapGet("/studies/{study}/matrix/versions/{version:long}", ShowAllLensesAsync).WithTags("Matrix")
            .WithSummary("One version under every lens: what its digest covers")
            .WithDescription("Any version from 1 to the current one, published or not; the answer never changes.")
            .Produces<ConsensusMatrix>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<Ok<MatrixView>, FileContentHttpResult, StatusCodeHttpResult>> ShowAsync(
        string study, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions, HttpContext http,
        CancellationToken token,
        [Description("rohl-1 (headline), crisp, or any other lens of a cell's multiverse row, computed for the request.")]
        string lens = Method.Rohl1,
        [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        if (Multiverse.All.FirstOrDefault(one => one.Id == lens) is not { } asked)
            throw MatrixProblems.Lens(lens, Multiverse.All.Select(one => one.Id));
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var chosen = await finder.FindAsync(study, choice, token);
        var found = await versions.ReadAsync(study, chosen.Version, token);
        return await VersionedAnswer.GiveAsync(
            http, $"{found.Matrix.Digest}.{lens}", chosen.IsExplicit, asCsv, () => ViewAsync(versions, found, asked, token),
            MatrixCsv.Write);
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

    private static async Task<MatrixView> ViewAsync(Versions versions, AnyVersion found, Lens lens, CancellationToken token)
    {
        var matrix = found.Matrix;
        var isPublished = Method.Lenses.Contains(lens.Id);
        var under = isPublished
            ? new LensMatrix(matrix.Lenses[lens.Id], [])
            : await versions.DeriveAsync(
                matrix.Study, matrix.Version, lens.Id, version => LensMatrix.Of(version.State, lens), token);
        var overview = await versions.DeriveAsync(
            matrix.Study, matrix.Version, nameof(MatrixOverview), version => Overview.Of(version.State, version.Matrix), token);
        return new MatrixView(
            matrix.Study, matrix.Label, matrix.Version, matrix.Root, matrix.AsOf, lens.Id, Method.Of(lens.Id, matrix.Constants),
            matrix.Digest!, found.Published && isPublished, under.Cells.Count(cell => cell.Status != Status.NoData), under.Cells.Count,
            matrix.Techniques, matrix.FailureModes, matrix.Portfolios, matrix.Likelihoods, matrix.SafetyTaxes, under.Cells, overview,
            under.Undefined, matrix.Constants);
    }
}
