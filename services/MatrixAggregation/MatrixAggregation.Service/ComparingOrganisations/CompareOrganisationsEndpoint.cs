using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ComparingOrganisations;

/// <summary>Who sees a version differently.</summary>
internal static class CompareOrganisationsEndpoint
{
    public static void MapCompareOrganisations(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/matrix/organisations", CompareAsync).WithTags("Matrix")
            .WithSummary("What each organisation says of every cell on its own, to be held against the consensus")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. Released ratings that count only. As CSV, one row per organisation and "
                + "cell that it rated.")
            .ProducesVersioned<OrganisationViews>().RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<OrganisationViews>, FileContentHttpResult, StatusCodeHttpResult>> CompareAsync(
        string study, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions, HttpContext http,
        CancellationToken token, [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var chosen = await finder.FindAsync(study, choice, token);
        var matrix = (await versions.ReadAsync(study, chosen.Version, token)).Matrix;
        const string name = "organisations";
        return await VersionedAnswer.GiveAsync(
            http, $"{matrix.Digest}.{name}", chosen.IsExplicit, asCsv,
            () => versions.DeriveAsync(study, chosen.Version, name, version => EachOrganisation.Of(version.State, version.Matrix), token),
            views => OrganisationCsv.Write(views, matrix));
    }
}
