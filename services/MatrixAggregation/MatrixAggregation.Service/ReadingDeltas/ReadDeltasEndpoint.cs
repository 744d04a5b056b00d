using System.ComponentModel;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingDeltas;

/// <summary>How a matrix came about, entry by entry: one version whole and of each later one what is other than before.</summary>
internal static class ReadDeltasEndpoint
{
    /// <summary>A version that was not published is folded for the answer.</summary>
    private const int MostVersions = 64;

    public static void MapReadDeltas(this IEndpointRouteBuilder api) =>
        api.MapGet("/studies/{study}/matrix/deltas", ReadAsync).WithTags("Matrix")
            .WithSummary("The cells that each ledger entry changed, one version after the other")
            .WithDescription(
                "All cells of `from`, then of every version up to `to`, published or not, the cells that differ from the version before. "
                + $"At most {MostVersions} versions after `from`.")
            .Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Access.Reader);

    private static async Task<Results<Ok<MatrixDeltas>, StatusCodeHttpResult>> ReadAsync(
        string study, [Description("The version to begin with, 1 or more.")] long from,
        [Description("The last version.")] long to, VersionFinder finder, Versions versions, HttpContext http, CancellationToken token,
        [Description("rohl-1 (headline) or crisp.")] string lens = Method.Rohl1)
    {
        if (!Method.Lenses.Contains(lens)) throw MatrixProblems.Lens(lens, Method.Lenses);
        await finder.FindAsync(study, new VersionChoice(to), token);
        if (from < 1 || from > to || to - from > MostVersions)
            throw MatrixProblems.Limit("from", from, $"{Math.Max(1, to - MostVersions)} to {to}, which is the last version asked for");
        var (first, last) = (await MatrixAsync(from), await MatrixAsync(to));
        if (VersionedAnswer.IsKnown(http, $"{first.Digest}.{last.Digest}.{lens}", isExplicit: true))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var deltas = new List<VersionDelta>();
        var before = first;
        for (var version = from + 1; version <= to; version++)
        {
            var matrix = version == to ? last : await MatrixAsync(version);
            deltas.Add(new(version, matrix.AsOf, matrix.Digest!, [.. matrix.Lenses[lens].Except(before.Lenses[lens])]));
            before = matrix;
        }

        return TypedResults.Ok(new MatrixDeltas(study, first.Label, lens, from, to, first.Lenses[lens], deltas));

        async Task<ConsensusMatrix> MatrixAsync(long version) => (await versions.ReadAsync(study, version, token)).Matrix;
    }
}
