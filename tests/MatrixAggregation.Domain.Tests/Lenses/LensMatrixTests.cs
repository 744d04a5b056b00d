using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

public sealed class LensMatrixTests
{
    [Fact]
    public void Every_cell_under_a_lens_is_what_the_multiverse_row_says_of_it() => LedgerScript.Any.Sample(script =>
    {
        var state = script.Live();
        var rows = CellAnalysis.OfMatrix(state);
        foreach (var (index, lens) in Multiverse.All.Index())
        {
            var matrix = LensMatrix.Of(state, lens);
            Assert.Equal(
                rows.Select(row => (row.Cell, row.Analysis.Multiverse.Readings[index].Value, Name(row.Analysis, index))),
                matrix.Cells.Select(cell => (new Quantity(cell.Technique, cell.FailureMode), cell.Mean, cell.Verdict)));
            Assert.Equal(
                rows.Where(row => row.Analysis.Multiverse.Readings[index].Undefined == LensValue.NoBounds).Select(row => row.Cell),
                matrix.Undefined.Select(cell => new Quantity(cell.Technique, cell.FailureMode)));
        }
    });

    [Fact]
    public void Raters_and_status_are_the_headlines_and_AI_raters_are_in_their_own_lens_alone() => LedgerScript.Any.Sample(script =>
    {
        var state = script.Submitted("ai").Late();
        var headline = state.Matrix().Lenses[Method.Rohl1];
        foreach (var lens in Multiverse.All.Where(lens => lens != PublishedLenses.WithAiRaters))
            Assert.Equal(
                headline.Select(cell => (cell.Raters, cell.Organisations, cell.Status, cell.Stale)),
                LensMatrix.Of(state, lens).Cells.Select(cell => (cell.Raters, cell.Organisations, cell.Status, cell.Stale)));
        var with = LensMatrix.Of(state, PublishedLenses.WithAiRaters).Cells;
        Assert.Equal(headline[0].Raters + 1, with[0].Raters);
        Assert.NotNull(with[0].Lower90);
        Assert.Equal(headline.Skip(1), with.Skip(1));
    });

    private static string? Name(CellAnalysis analysis, int index) =>
        analysis.Multiverse.Readings[index].Verdict is { } verdict ? Verdicts.Name(verdict) : null;
}
