using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.MeasuringAgreement;

/// <summary>How far raters agree across the cells of a version.</summary>
internal static class MeasureAgreementEndpoint
{
    private const int MostReplicates = 10_000;

    // Greater whole numbers are not exact in every reader's JSON.
    private const long GreatestSeed = (1L << 53) - 1;

    public static void MapMeasureAgreement(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/agreement", MeasureAsync).WithTags("Matrix")
            .WithSummary("How far raters agree: all of them, within each organisation, and the organisations among each other")
            .WithDescription(
                "Give at most one of `version`, `at` and `round`. Krippendorff's alpha (nominal, ordinal, interval, ratio) with 95 % "
                + "bootstrap intervals, Fleiss' kappa, Gwet's AC1 and AC2 and percent agreement over the released ratings that count. "
                + "A coefficient that is undefined is left out and `undefined` says why. The same version, seed and replicates give the "
                + "same bits. As CSV, one row per comparison.")
            .ProducesVersioned<MatrixAgreement>().RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<MatrixAgreement>, FileContentHttpResult, StatusCodeHttpResult>> MeasureAsync(
        string study, [AsParameters] VersionChoice choice, VersionFinder finder, Versions versions,
        [FromKeyedServices(ComputingTurn.Long)] ComputingTurn turn, HttpContext http, CancellationToken token,
        [Description("Seed of the resamples, 0..9007199254740991.")] long seed = (long)AgreementReport.StandardSeed,
        [Description("Resamples of the cells, 0..10000; 0 gives no intervals.")] int replicates = Bootstrap.Standard,
        [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        if (seed is < 0 or > GreatestSeed) throw MatrixProblems.Limit("seed", seed, $"0 to {GreatestSeed}");
        if (replicates is < 0 or > MostReplicates) throw MatrixProblems.Limit("replicates", replicates, $"0 to {MostReplicates}");
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var chosen = await finder.FindAsync(study, choice, token);
        var digest = (await versions.ReadAsync(study, chosen.Version, token)).Matrix.Digest;
        var name = FormattableString.Invariant($"agreement.{seed}.{replicates}");
        return await VersionedAnswer.GiveAsync(
            http, $"{digest}.{name}", chosen.IsExplicit, asCsv,
            () => versions.DeriveAsync(study, chosen.Version, name, version => AgreementReport.Of(
                version.State, new Bootstrap((ulong)seed, replicates)).Answer(version.Matrix), token, turn),
            AgreementCsv.Write);
    }
}
