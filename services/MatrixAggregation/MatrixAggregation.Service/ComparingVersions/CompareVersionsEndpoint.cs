using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ComparingVersions;

/// <summary>What changed between two versions, and because of what.</summary>
internal static class CompareVersionsEndpoint
{
    public static void MapCompareVersions(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/matrix/diff", CompareAsync).WithTags("Matrix")
            .WithSummary("What changed from one version to a later one, by how much, and which ledger entries caused it")
            .WithDescription(
                "Any two versions, published or not. `a` may be as great as `b`. Each change names its newest causes, at most 20 of "
                + "`causeCount`; `causes` says what they are. Only released entries are named: ratings of a blind round appear with its "
                + "`round-closed`. As CSV, one row per changed cell, likelihood or safety tax.")
            .ProducesVersioned<MatrixDiff>().RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<MatrixDiff>, FileContentHttpResult, StatusCodeHttpResult>> CompareAsync(
        string study, [Description("The earlier version.")] long a, VersionFinder finder, Versions versions, VersionComparison comparison,
        HttpContext http, CancellationToken token,
        [Description("The later version; none means the newest.")] long? b = null,
        [Description("rohl-1 (headline) or crisp.")] string lens = Method.Rohl1,
        [Description("json or csv; overrides the Accept header.")] string? format = null)
    {
        if (!Method.Lenses.Contains(lens)) throw MatrixProblems.Lens(lens, Method.Lenses);
        var asCsv = CsvAnswers.IsAsked(format, http.Request);
        var (before, after) = (
            await finder.FindAsync(study, new VersionChoice(a), token), await finder.FindAsync(study, new VersionChoice(b), token));
        if (before.Version > after.Version) throw MatrixProblems.Limit("a", a, $"1 to b, which is {after.Version}");
        var digests = (
            (await versions.ReadAsync(study, before.Version, token)).Matrix.Digest,
            (await versions.ReadAsync(study, after.Version, token)).Matrix.Digest);
        return await VersionedAnswer.GiveAsync(
            http, $"{digests.Item1}.{digests.Item2}.{lens}", after.IsExplicit, asCsv,
            () => comparison.CompareAsync(study, before.Version, after.Version, lens, token), DiffCsv.Write);
    }
}
