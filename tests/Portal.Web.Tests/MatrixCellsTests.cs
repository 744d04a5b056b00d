using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using CsCheck;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class MatrixCellsTests
{
    [Fact]
    public void The_colour_of_a_value_is_that_of_the_number_printed() => Gen.Double[0, 1].Sample(mean =>
    {
        var cell = MatrixCells.Value(Scene.Cell(0, 0, mean));
        var printed = int.Parse(cell.Text.TrimEnd('%'), CultureInfo.InvariantCulture);
        Assert.Same(Palette.Value[Math.Min(4, printed / 20)], cell.Swatch);
    });

    [Theory]
    [InlineData(0.1949, "19%", 0)]
    [InlineData(0.195, "20%", 1)]
    [InlineData(0.7949, "79%", 3)]
    [InlineData(0.795, "80%", 4)]
    [InlineData(0, "0%", 0)]
    [InlineData(1, "100%", 4)]
    public void A_value_near_a_bound_is_printed_and_coloured_alike(double mean, string text, int step)
    {
        var cell = MatrixCells.Value(Scene.Cell(0, 0, mean));
        Assert.Equal(text, cell.Text);
        Assert.Same(Palette.Value[step], cell.Swatch);
    }

    [Theory]
    [InlineData(0.19, 100)]
    [InlineData(0.2, 88)]
    [InlineData(0.3, 75)]
    [InlineData(0.45, 62)]
    public void A_wider_interval_makes_a_smaller_square(double width, int size) =>
        Assert.Equal(size, MatrixCells.Value(Scene.Cell(0, 0, 0.5, width: width)).Size);

    [Fact]
    public void What_a_cell_is_drawn_as_is_also_said()
    {
        var contested = MatrixCells.Value(Scene.Cell(0, 0, 0.62, "contested", raters: 2));
        Assert.True(contested is { IsContested: true, IsThin: true });
        Assert.Equal("62%, vulnerable, contested, 90% interval 57% to 67%, 2 raters of 1 organisation", contested.Words);
    }

    [Fact]
    public void A_cell_without_a_number_says_why()
    {
        var unrated = MatrixCells.Value(Scene.Cell(0, 0, null));
        Assert.True(unrated.IsEmpty);
        Assert.Equal("–, not rated yet", unrated.Words);
        Assert.Equal(
            "–, 2 ratings await being given again since a definition changed",
            MatrixCells.Value(Scene.Cell(0, 0, null) with { Stale = 2 }).Words);
        Assert.Equal("–, this lens has no number for it", MatrixCells.Value(Scene.Cell(0, 0, null) with { Raters = 3 }).Words);
    }

    [Fact]
    public void A_change_says_by_how_much_from_what_to_what_and_marks_another_verdict()
    {
        var before = Scene.Cell(0, 0, 0.3) with { Verdict = "resistant" };
        var after = Scene.Cell(0, 0, 0.755);
        var cell = MatrixCells.Change(after, new CellChange("T1", "F1", before, after, 0.455, 0, true, false, 1, [4]));
        Assert.Equal("+46 points, from 30% to 76%, now vulnerable", cell.Words);
        Assert.True(cell.IsMarked);
        Assert.Same(Palette.Change[4], cell.Swatch);
        Assert.Equal("no change, 76%", MatrixCells.Change(after, null).Words);
        Assert.EndsWith("new", MatrixCells.Change(after, new CellChange("T1", "F1", null, after, null, null, true, true, 1, [4])).Words,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.21, 0)]
    [InlineData(-0.2, 1)]
    [InlineData(-0.05, 1)]
    [InlineData(-0.04, 2)]
    [InlineData(0.04, 2)]
    [InlineData(0.05, 3)]
    [InlineData(0.2, 3)]
    [InlineData(0.21, 4)]
    public void Changes_are_coloured_as_the_legend_says(double shift, int step)
    {
        var after = Scene.Cell(0, 0, 0.5);
        var before = after with { Mean = 0.5 - shift };
        Assert.Same(
            Palette.Change[step], MatrixCells.Change(after, new CellChange("T1", "F1", before, after, shift, 0, false, false, 1, []))
                .Swatch);
    }
}
