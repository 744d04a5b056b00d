using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Matrix;

/// <summary>The matrix as a table, one row a cell.</summary>
internal static class MatrixTable
{
    public static FigureTable Of(Bound bound) => Cells(
        bound, "Every cell of the matrix",
        [
            new("mean", "Judged probability", true), new("lower90", "90% interval from", true), new("upper90", "to", true),
            new("verdict", "Verdict"), new("status", "Status"), new("raters", "Raters", true), new("organisations", "Organisations", true),
        ],
        (cell, _) =>
        [
            TableEntry.Percent(cell.Mean), TableEntry.Percent(cell.Lower90), TableEntry.Percent(cell.Upper90),
            TableEntry.Of(cell.Verdict), new TableEntry(cell.Status, Status(cell)), TableEntry.Of(cell.Raters),
            TableEntry.Of(cell.Organisations),
        ]);

    /// <summary>Every cell, by names and ids, with what a view says of it.</summary>
    public static FigureTable Cells(
        Bound bound, string caption, IReadOnlyList<TableColumn> columns, Func<ConsensusCell, int, IEnumerable<TableEntry>> entries)
    {
        var matrix = bound.Matrix!;
        return new FigureTable(
            caption, [new("technique", "Technique"), new("failure_mode", "Failure mode"), .. columns],
            [
                .. matrix.Consensus.Select((cell, i) => (IReadOnlyList<TableEntry>)
                [
                    new TableEntry(
                        cell.Technique, matrix.Techniques.Name(cell.Technique), bound.Href(Links.Cell(cell.Technique, cell.FailureMode))),
                    new TableEntry(cell.FailureMode, matrix.FailureModes.Name(cell.FailureMode)),
                    .. entries(cell, i),
                ]),
            ]);
    }

    public static string Status(ConsensusCell cell) => cell.Status switch
    {
        "ok" => "–",
        "no_data" => MatrixCells.Reason(cell),
        "single_source" => "one organisation",
        var other => other,
    };
}
