using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Profiles;

/// <summary>One row or one column of the matrix.</summary>
internal sealed class ProfileFigures : IFigureSource
{
    public const string OfTechnique = "technique";
    public const string OfFailureMode = "failure-mode";

    public IReadOnlyList<string> Names { get; } = [OfTechnique, OfFailureMode];

    public Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token)
    {
        var id = query["id"].ToString();
        var items = name == OfTechnique ? bound.Matrix!.Techniques : bound.Matrix!.FailureModes;
        return Task.FromResult<Answer<Figure>>(items.FirstOrDefault(item => item.Id == id) is { } item
            ? Of(bound, item, name == OfTechnique)
            : new Missing("portal", MissingKind.Unknown, "Not in the catalogue", $"id is '{id}'."));
    }

    public static IntervalPlot Of(Bound bound, CatalogueItem item, bool isTechnique)
    {
        var matrix = bound.Matrix!;
        var cells = matrix.Consensus.Where(cell => (isTechnique ? cell.Technique : cell.FailureMode) == item.Id).ToArray();
        string Other(ConsensusCell cell) =>
            isTechnique ? matrix.FailureModes.Name(cell.FailureMode) : matrix.Techniques.Name(cell.Technique);
        return new IntervalPlot(
            bound, isTechnique ? OfTechnique : OfFailureMode,
            isTechnique ? $"How vulnerable {item.Name} is to each failure mode" : $"How vulnerable each technique is to {item.Name}",
            "Each dot is the judged probability of failure, the bar its 90% interval; darker is worse.",
            [
                .. MatrixLegends.Value.Take(5), new(new Mark("band", "#c9ccd3"), "90% interval"),
                new(new Mark("ring", Palette.Outline), "dashed outline: fewer than 3 raters; ≠: contested"),
            ],
            Rows(bound, cells, Other, isTechnique ? "Failure mode" : "Technique"),
            [
                .. cells.Select(cell => new IntervalRow(
                    Other(cell), cell.Mean, cell.Lower90, cell.Upper90, MatrixCells.Value(cell), MatrixCells.Words(cell))),
            ])
        {
            Query = [("id", item.Id)],
        };
    }

    private static FigureTable Rows(
        Bound bound, IReadOnlyList<ConsensusCell> cells, Func<ConsensusCell, string> other, string column) => new(
        "The cells, one row each",
        [
            new("other", column), new("mean", "Judged probability", true), new("lower90", "90% interval from", true),
            new("upper90", "to", true), new("verdict", "Verdict"), new("status", "Status"), new("raters", "Raters", true),
        ],
        [
            .. cells.Select(cell => (IReadOnlyList<TableEntry>)
            [
                TableEntry.Of(other(cell), bound.Href(Links.Cell(cell.Technique, cell.FailureMode))), TableEntry.Percent(cell.Mean),
                TableEntry.Percent(cell.Lower90), TableEntry.Percent(cell.Upper90), TableEntry.Of(cell.Verdict),
                new TableEntry(cell.Status, MatrixTable.Status(cell)), TableEntry.Of(cell.Raters),
            ]),
        ]);
}
