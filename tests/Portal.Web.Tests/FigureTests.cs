using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Profiles;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Disagreeing;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Lab;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Risk;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>Every figure with data at the edges: it is drawn, well-formed, and no text leaves it.</summary>
public sealed class FigureTests : BunitContext
{
    private static readonly string Long = "<b>Bold</b> & " + string.Concat(Enumerable.Repeat("unabbreviated ", 12)) + new string('M', 50);

    public static TheoryData<string> Names => [.. Figures().Select(figure => figure.Case)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_drawn_and_holds_all_its_text(string name)
    {
        var figure = Figures().Single(one => one.Case == name).Figure;
        foreach (var isFile in new[] { true, false })
        {
            var picture = new SvgPicture(Render(Draw(figure, isFile)).Markup);
            picture.HoldsAllText();
            Assert.DoesNotContain(picture.Texts, text => text.Contains("NaN", StringComparison.Ordinal));
            Assert.Equal(isFile, picture.Texts.Any(text => text.Contains("version 12", StringComparison.Ordinal)));
        }

        Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Columns.Count, row.Count));
        Assert.False(string.IsNullOrWhiteSpace(figure.Reads));
    }

    [Fact]
    public void A_rating_stands_at_its_number_and_a_verdict_where_the_computation_reads_it()
    {
        var strip = RatingStrip.Of(Scene.Bound(), CellScene.Lineage());
        var dots = strip.Organisations.SelectMany(row => row.Dots).ToArray();
        Assert.Equal([0.8, 1 / (1 + Math.Exp(-1.73)), 0.2, 0.3], dots.Select(dot => dot.At));
        Assert.Equal([false, true, false, false], dots.Select(dot => dot.IsVerdict));
        Assert.Equal([true, true, true, false], dots.Select(dot => dot.IsCounted));
        Assert.Equal("Organisation A", strip.Organisations[0].Name);
    }

    [Fact]
    public void A_portfolio_stands_at_its_cost_and_risk_by_its_name_and_with_what_beats_it()
    {
        var best = RiskScene.Ranked(["T2", "T1"], 0.2, 0.1);
        var plot = ParetoPlot.Of(
            Scene.Bound(), RiskScene.Frontier([best], [new(RiskScene.Ranked(["T3"], 0.3, 0.2), best)], "T4"));
        Assert.Equal(["Both (T2 + T1)", "T3"], plot.Points.Select(point => point.Name));
        Assert.Equal([null, "T2 + T1"], plot.Points.Select(point => point.BeatenBy));
        Assert.Equal([true, false], plot.Points.Select(point => point.IsNamed));
        Assert.Contains("Nobody rated the safety tax of T4", plot.LeftOut.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.49, new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5 })]
    [InlineData(1.305, new[] { 0, 0.5, 1, 1.5 })]
    [InlineData(0.0061, new[] { 0, 0.002, 0.004, 0.006, 0.008 })]
    public void An_axis_ends_at_a_round_number_with_round_ticks(double most, double[] ticks) =>
        Assert.Equal(ticks, Scale.Ticks(Scale.RoundUp(most)).Select(tick => Math.Round(tick, 9)));

    private static IEnumerable<(string Case, Figure Figure)> Figures()
    {
        var bound = Scene.Bound();
        var named = Scene.Bound(Scene.Matrix(2, 2) with
        {
            Techniques = [.. Scene.Techniques(2).Select(item => item with { Name = Long })],
            FailureModes = [.. Scene.FailureModes(2).Select(item => item with { Name = Long })],
        });
        var many = Enumerable.Range(0, 60).Select(i => CellScene.Rating(i, $"org-{i % 20}", best: $"0.{i:D2}", lower: "0.1", upper: "0.9"));
        yield return ("ratings", RatingStrip.Of(bound, CellScene.Lineage()));
        yield return ("no ratings", RatingStrip.Of(bound, CellScene.Lineage([], mean: null, status: "no_data")));
        yield return ("one rating", RatingStrip.Of(bound, CellScene.Lineage([CellScene.Rating(1, "org-a", best: "1")])));
        yield return ("sixty ratings", RatingStrip.Of(bound, CellScene.Lineage([.. many])));
        yield return ("long organisation", RatingStrip.Of(bound, CellScene.Lineage([CellScene.Rating(1, Long, best: "0.5")])));
        yield return ("lenses", LensStrip.Of(bound, CellScene.Lineage())!);
        yield return ("history", CellSteps.Of(bound, CellScene.Lineage())!);
        yield return ("one step", CellSteps.Of(bound, CellScene.Lineage(history: [CellScene.At(12, 1)]))!);
        yield return ("history of nothing", CellSteps.Of(bound, CellScene.Lineage(history: [CellScene.At(12, null)]))!);
        yield return (
            "hundred steps",
            CellSteps.Of(bound, CellScene.Lineage(history: [.. Enumerable.Range(1, 12).Select(k => CellScene.At(k, k / 12.0))]))!);
        yield return ("together", SharedBars.Of(bound, CellScene.Report(), null));
        yield return ("together, nothing", SharedBars.Of(bound, CellScene.Report() with { Portfolios = [] }, null));
        yield return ("together, long names", SharedBars.Of(named, CellScene.Report(2), null));
        yield return ("lost", SharedBars.OfLenses(bound, [CellScene.Report()])!);
        yield return ("pareto", ParetoPlot.Of(bound, RiskScene.Frontier(7)));
        yield return ("pareto of one", ParetoPlot.Of(bound, RiskScene.Frontier(1)));
        yield return ("pareto of none", ParetoPlot.Of(bound, RiskScene.Frontier([])));
        yield return ("overlap", Overlap.Of(bound, RiskScene.Overlap()));
        yield return ("overlap of one technique", Overlap.Of(Scene.Bound(Scene.Matrix(1, 1)), RiskScene.Overlap(1)));
        yield return ("overlap, long names", Overlap.Of(named, RiskScene.Overlap(2)));
        yield return ("priorities", Priorities.Of(bound, RiskScene.Importance(RiskScene.Modes)));
        yield return ("priorities, long names", Priorities.Of(named, RiskScene.Importance(RiskScene.Modes)));
        yield return ("priorities of nothing", Priorities.Of(bound, RiskScene.Importance()));
        foreach (var comparison in Comparisons(bound, named).Concat(WhatIfs(bound, named))) yield return comparison;
    }

    private static IEnumerable<(string Case, Figure Figure)> Comparisons(Bound bound, Bound named)
    {
        OrganisationView View(string id, params double?[] means) => new(id, 2, means);
        OrganisationViews Views(params OrganisationView[] views) => new(Scene.Study, null, 12, Scene.Digest, views);
        var far = View("org-a", [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? null : (double?)(i / 11.0))]);
        yield return ("multiples", SmallMultiples.Of(bound, Views(far, View("org-b", new double?[12]))));
        yield return ("no multiples", SmallMultiples.Of(bound, Views()));
        yield return (
            "twenty multiples",
            SmallMultiples.Of(bound, Views([.. Enumerable.Range(0, 20).Select(i => far with { Organisation = Long + i })])));
        yield return ("multiples of forty columns", SmallMultiples.Of(
            Scene.Bound(Scene.Matrix(20, 40)), Views(View("org-a", [.. Enumerable.Repeat((double?)0.5, 800)]))));
        yield return ("divisive", DividingFigures.OfDivisive(Scene.Bound(Scene.Divided())));
        yield return ("nothing divisive", DividingFigures.OfDivisive(bound));
        yield return ("technique", ProfileFigures.Of(bound, bound.Matrix!.Techniques[0], true));
        yield return ("failure mode, long names", ProfileFigures.Of(named, named.Matrix!.FailureModes[0], false));
        yield return ("technique nobody rated", ProfileFigures.Of(
            Scene.Bound(Scene.Matrix(cell: (i, j) => Scene.Cell(i, j, null))), Scene.Techniques(1)[0], true));
    }

    private static IEnumerable<(string Case, Figure Figure)> WhatIfs(Bound bound, Bound named)
    {
        yield return ("swings", Swings(bound, 0.2, new CellLeverage("T1", "F1", 0.6, 0.3, [0.4, 0.8], [0.1, 0.3])));
        yield return ("swings, long names", Swings(named, 0.2, new CellLeverage("T1", "F1", 0.6, 0.3, [0.4, 0.8], [0.1, 0.3])));
        yield return ("no swing", Swings(bound, 0.2));
        yield return ("a swing of nothing", Swings(bound, 0, new CellLeverage("T1", "F1", 0, 0, [0, 0], [0, 0])));
    }

    [Fact]
    public void An_organisations_difference_is_counted_in_points_and_its_largest_is_named()
    {
        var matrix = Scene.Matrix(1, 3, cell: (i, j) => Scene.Cell(i, j, 0.5));
        var views = new OrganisationViews(Scene.Study, null, 12, Scene.Digest, [new("org-a", 2, [0.6, null, 0.2])]);
        var one = SmallMultiples.Of(Scene.Bound(matrix), views).Multiples.Single();
        Assert.Equal(("Organisation A", 20, "T1 × F3 −30"), (one.Name, one.Average, one.Largest));
    }

    [Fact]
    public void Bars_of_one_portfolio_are_told_apart_in_the_table_and_the_files_name_every_lens()
    {
        var report = CellScene.Report();
        var lost = SharedBars.OfLenses(Scene.Bound(), [report, report with { Lens = "crisp" }])!;
        Assert.Equal(["ROHL-1, the headline", "Crisp: verdicts as 1, 1/2, 0"], lost.Table.Rows.Select(row => row[0].Shown));
        Assert.Contains(lost.Stamp, line => line.EndsWith("lens rohl-1 and crisp", StringComparison.Ordinal));
        Assert.Contains(",rohl-1 and crisp,", lost.Table.ToCsv(lost), StringComparison.Ordinal);
        var ids = new SimulateRequest(["T1"], Likelihoods: [new("F1", 0.3)]);
        var yours = LabFigures.Together(Scene.Bound(), new LabQuestion(ids, [], []), LabScene.Answer());
        Assert.Equal(["With your numbers", "As the experts judge"], yours.Table.Rows.Select(row => row[0].Shown));
    }

    [Fact]
    public void A_difference_of_an_organisation_is_told_by_shape_as_well_as_by_colour()
    {
        var matrix = Scene.Matrix(1, 5, cell: (i, j) => Scene.Cell(i, j, 0.5));
        var views = new OrganisationViews(Scene.Study, null, 12, Scene.Digest, [new("org-a", 2, [0.55, 0.45, 0.54, 0.46, null])]);
        var drawn = Render(SmallMultiples.Of(Scene.Bound(matrix), views).Draw(false));
        var tips = drawn.FindAll("polygon").Select(one => one.GetAttribute("points")!.Split(' ', ',').Where((_, i) => i % 2 == 1))
            .Select(heights => heights.Select(y => double.Parse(y, CultureInfo.InvariantCulture)).ToArray());
        Assert.Equal([true, false], tips.Select(y => y[2] < y[0]));
        Assert.Single(drawn.FindAll("path"));
    }

    [Fact]
    public void The_sentence_that_stands_with_risk_numbers_stands_in_every_file_of_them()
    {
        foreach (var (name, figure) in Figures().Where(one => one.Figure.Caution is not null && one.Figure.Table.Rows.Count > 0))
        {
            var csv = figure.Table.ToCsv(figure).Split("\r\n");
            Assert.StartsWith("study,label,version,as_of,lens,digest,caution,", csv[0], StringComparison.Ordinal);
            Assert.All(csv[1..^1], row => Assert.True(row.Contains(figure.Caution!, StringComparison.Ordinal), $"{name}: {row}"));
            Assert.Contains(figure.Caution!, figure.Stamp);
        }
    }

    [Fact]
    public void Every_figure_that_has_anything_to_show_has_a_legend() =>
        Assert.All(Figures(), one => Assert.True(one.Figure.Legend.Count > 0, one.Case));

    private static SwingPlot Swings(Bound bound, double now, params CellLeverage[] cells) =>
        SwingPlot.Of(bound, RiskScene.Cells(cells) with { Joint = now });

    private static RenderFragment Draw(Figure figure, bool isFile) => figure.Draw(isFile);
}
