using AlignmentMesh.Portal.Web.Figures;
using Bunit;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>Every figure there is, with the data at the edges: as block of a page, as picture of a page, as file.</summary>
public sealed class FigureEdgeTests : BunitContext
{
    public static TheoryData<string> Studies => [.. EdgeScenes.Names];

    [Fact]
    public void Every_kind_of_figure_is_looked_at()
    {
        var kinds = typeof(Figure).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Figure)) && !type.IsAbstract);
        var seen = EdgeScenes.Names.SelectMany(name => EdgeScenes.Figures(EdgeScenes.Study(name))).Select(figure => figure.GetType());
        Assert.Empty(kinds.Except(seen));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_picture_is_well_formed_and_holds_all_its_text_on_the_page_and_in_the_file(string study)
    {
        foreach (var figure in EdgeScenes.Figures(EdgeScenes.Study(study)))
            foreach (var isFile in new[] { true, false })
            {
                var markup = Render(figure.Draw(isFile)).Markup;
                var picture = new SvgPicture(markup);
                picture.HoldsAllText();
                picture.HoldsAllShapes();
                Assert.All(["NaN", "Infinity", "∞"], word => Assert.DoesNotContain(word, markup, StringComparison.Ordinal));
                Assert.Contains(figure.Title.Split(' ')[0], picture.Titles[0], StringComparison.Ordinal);
            }
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_block_of_a_page_has_sentence_legend_table_and_files_and_no_markup_of_the_data(string study)
    {
        foreach (var figure in EdgeScenes.Figures(EdgeScenes.Study(study)))
        {
            var block = Render<FigureBlock>(parameters => parameters.Add(component => component.Figure, figure));
            Assert.Empty(block.FindAll("script, img"));
            Assert.Equal(figure.Reads, block.Find(".reads").TextContent);
            Assert.Equal(figure.Legend.Count, block.FindAll(".legend li").Count);
            Assert.Equal(figure.Table.Rows.Count, block.FindAll("details tbody tr").Count);
            Assert.Equal(["SVG", "PNG", "CSV", "JSON"], block.FindAll(".files a").Select(link => link.TextContent));
        }
    }

    [Fact]
    public void A_long_name_of_markup_is_whole_in_the_table_and_in_the_titles_of_the_pictures()
    {
        var bound = EdgeScenes.Study("markup");
        foreach (var figure in EdgeScenes.Figures(bound).OfType<Heatmap>())
        {
            var titles = new SvgPicture(Render(figure.Draw(false)).Markup).Titles;
            Assert.Contains(titles, title => title.Contains(EdgeScenes.Evil, StringComparison.Ordinal));
            Assert.All(figure.Rows, row => Assert.Equal(EdgeScenes.Evil, row.Name));
        }
    }
}
