using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>The three figures of a cell: who rated how, every lens, how it changed.</summary>
internal sealed class CellFigures(MatrixClient matrices) : IFigureSource
{
    public const string Ratings = "ratings";
    public const string EveryLens = "lenses";
    public const string History = "history";

    public IReadOnlyList<string> Names { get; } = [Ratings, EveryLens, History];

    public async Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        var (technique, mode) = (query["technique"].ToString(), query["failure-mode"].ToString());
        if (bound.Matrix!.Consensus.All(one => one.Technique != technique || one.FailureMode != mode))
            return new Missing(
                "portal", MissingKind.Unknown, "No such cell",
                $"technique is '{technique}' and failure-mode is '{mode}'; allowed: ids of the version's catalogue.");
        var (cell, missing) = await matrices.CellAsync(bound.Study, technique, mode, bound.Version, token);
        if (cell is null) return missing!;
        return (name switch
        {
            EveryLens => LensStrip.Of(bound, cell),
            History => CellSteps.Of(bound, cell),
            _ => RatingStrip.Of(bound, cell) as Figure,
        })!;
    }

    /// <summary>The parameters that name the cell in a figure's address.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Query(CellLineage cell) =>
        [("technique", cell.Technique), ("failure-mode", cell.FailureMode)];
}
