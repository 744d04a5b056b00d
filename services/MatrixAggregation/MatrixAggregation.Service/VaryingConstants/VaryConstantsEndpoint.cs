using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.VaryingConstants;

/// <summary>How much the constants of ROHL-1 that are choices matter for a version.</summary>
internal static class VaryConstantsEndpoint
{
    public static void MapVaryConstants(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/matrix/sensitivity", VaryAsync).WithTags("Matrix")
            .WithSummary("Which verdicts change when one constant of rohl-1 is changed at a time")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. rho 0.2, 0.5, 0.8; least s of an interval 0.3, 0.6, 0.9; nu 1, 2, 4. "
                + "As CSV, one row per variant.")
            .ProducesVersioned<MatrixSensitivity>().RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<MatrixSensitivity>, FileContentHttpResult, StatusCodeHttpResult>> VaryAsync(
        string study, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions, HttpContext http,
        CancellationToken token, [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var chosen = await finder.FindAsync(study, choice, token);
        var digest = (await versions.ReadAsync(study, chosen.Version, token)).Matrix.Digest;
        const string name = "sensitivity";
        return await VersionedAnswer.GiveAsync(
            http, $"{digest}.{name}", chosen.IsExplicit, asCsv,
            () => versions.DeriveAsync(
                study, chosen.Version, name, version => Sensitivity.Of(version.State, version.Matrix), token),
            SensitivityCsv.Write);
    }
}
