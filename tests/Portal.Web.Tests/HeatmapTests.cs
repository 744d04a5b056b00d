using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using Bunit;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>The heatmap with data at the edges, as table of a page and as picture of a file.</summary>
public sealed class HeatmapTests : BunitContext
{
    public static TheoryData<int, int> Sizes => new() { { 0, 0 }, { 1, 1 }, { 3, 4 }, { 20, 40 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_cell_is_in_the_table_and_in_the_picture(int techniques, int modes)
    {
        var figure = MatrixFigures.OfValue(Scene.Bound(Scene.Matrix(techniques, modes)));
        var table = Render<HeatmapTable>(parameters => parameters.Add(component => component.Figure, figure));
        Assert.Equal(techniques * modes, table.FindAll("tbody td a").Count);
        Assert.Equal(techniques, table.FindAll("th[scope=row]").Count);
        Assert.Equal(modes, table.FindAll("th[scope=col]").Count);
        var picture = new SvgPicture(Render<HeatmapPicture>(parameters => parameters
            .Add(component => component.Figure, figure).Add(component => component.IsFile, true)).Markup);
        Assert.Equal(techniques * modes, picture.Titles.Count - 1);
        picture.HoldsAllText();
    }

    [Fact]
    public void Markup_and_very_long_names_stay_text_inside_the_picture()
    {
        var name = "<script>alert(1)</script> " + string.Concat(Enumerable.Repeat("Incomprehensibilities & ", 8)) + new string('W', 60);
        var matrix = Scene.Matrix() with { Techniques = [.. Scene.Techniques(3).Select(item => item with { Name = name })] };
        var figure = MatrixFigures.OfValue(Scene.Bound(matrix));
        var table = Render<HeatmapTable>(parameters => parameters.Add(component => component.Figure, figure));
        Assert.Empty(table.FindAll("script"));
        Assert.Equal(name, table.Find("th[scope=row]").TextContent.Trim());
        var picture = new SvgPicture(Render<HeatmapPicture>(parameters => parameters
            .Add(component => component.Figure, figure).Add(component => component.IsFile, true)).Markup);
        Assert.Contains(picture.Titles, title => title.StartsWith(name, StringComparison.Ordinal));
        picture.HoldsAllText();
    }

    [Fact]
    public void A_matrix_without_any_rating_shows_its_axes_and_dashes()
    {
        var matrix = Scene.Matrix(cell: (i, j) => Scene.Cell(i, j, null));
        var table = Render<HeatmapTable>(parameters =>
            parameters.Add(component => component.Figure, MatrixFigures.OfValue(Scene.Bound(matrix))));
        Assert.All(table.FindAll("td .hidden"), words => Assert.Equal("–, not rated yet", words.TextContent));
    }

    [Fact]
    public void A_file_says_in_the_picture_what_it_is_of_which_version_and_that_it_is_synthetic()
    {
        var matrix = Scene.Matrix(label: "synthetic example");
        var text = string.Join('\n', new SvgPicture(Render<HeatmapPicture>(parameters => parameters
            .Add(component => component.Figure, MatrixFigures.OfValue(Scene.Bound(matrix)))
            .Add(component => component.IsFile, true)).Markup).Texts);
        Assert.Contains("How vulnerable each technique is", text, StringComparison.Ordinal);
        Assert.Contains("Synthetic example.", text, StringComparison.Ordinal);
        Assert.Contains("version 12 of 23 Nov 2026 17:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains($"sha256:{Scene.Digest}", text, StringComparison.Ordinal);
        Assert.All(MatrixLegends.Value, item => Assert.Contains(item.Text, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_contested_cell_is_hatched_and_has_a_sign_and_a_thin_one_is_dashed()
    {
        var cell = Render<HeatCell>(parameters => parameters
            .Add(one => one.Cell, MatrixCells.Value(Scene.Cell(0, 0, 0.5, "contested", raters: 1)))
            .Add(one => one.Width, 96).Add(one => one.Height, 58));
        Assert.NotNull(cell.Find("path[stroke]"));
        Assert.Equal("50% ≠", cell.Find("text").TextContent);
        Assert.Equal("4 3", cell.Find("rect").GetAttribute("stroke-dasharray"));
    }
}
