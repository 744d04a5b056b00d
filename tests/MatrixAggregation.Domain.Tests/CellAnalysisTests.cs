using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class CellAnalysisTests
{
    private static readonly Quantity Cell = new("T1", "M1");

    [Fact]
    public void A_cell_is_fragile_when_one_organisation_decides_the_verdict()
    {
        var fragile = Alone([new("A", "a", Verdict.Vulnerable), new("B", "b", Verdict.Vulnerable), new("C", "c", null, 0.4)]);
        Assert.Equal(Verdict.Uncertain, fragile.Headline!.Value.Verdict);
        Assert.True(fragile.Fragile);
        Assert.Equal(("C", Verdict.Vulnerable), fragile.Parts.Where(part => part.FlipsVerdict)
            .Select(part => (part.Organisation, part.VerdictWithout!.Value)).Single());

        var firm = Alone([.. "ABCDE".Select(name => new Rating($"{name}", "r", Verdict.Vulnerable))]);
        Assert.False(firm.Fragile);
        Assert.All(firm.Parts, part => Assert.Equal(Verdict.Vulnerable, part.VerdictWithout));
    }

    [Fact]
    public void The_only_organisation_has_no_influence_that_could_be_told()
    {
        var part = Assert.Single(Alone([new("A", "a", Verdict.Vulnerable)]).Parts);
        Assert.Equal((null, null, false), (part.Influence, part.VerdictWithout, part.FlipsVerdict));
    }

    [Fact]
    public void Nobody_is_no_headline_no_disagreement_and_nobody_to_move_it()
    {
        var empty = Alone([]);
        Assert.Equal((null, null, false, 0), (empty.Headline, empty.Disagreement, empty.Fragile, empty.Parts.Count));
    }

    [Fact]
    public void Every_cell_of_a_study_comes_in_its_order_with_AI_raters_in_their_lens_only()
    {
        var state = LedgerScript.Started("open")
            .Submit("o0", "r0", Cell, new("", "", null, 0.2)).Submit("o1", "model", Cell, new("", "", null, 0.9), kind: "ai").Late();
        var cells = CellAnalysis.OfMatrix(state);
        Assert.Equal([Cell, new("T1", "M2"), new("T2", "M1"), new("T2", "M2")], cells.Select(cell => cell.Cell));
        var rated = cells[0].Analysis;
        Assert.Equal(state.Matrix().Lenses[Method.Rohl1][0].Mean, rated.Headline!.Value.Mean);
        Assert.Equal("o0", Assert.Single(rated.Parts).Organisation);
        Assert.Equal(rated.Headline.Value.Mean, Value(rated, "rohl-1"));
        Assert.Equal(Rohl1.Pool([new("o0", "r0", null, 0.2), new("o1", "model", null, 0.9)])!.Value.Mean, Value(rated, "with-ai-raters"));
        Assert.All(cells.Skip(1), cell => Assert.Null(cell.Analysis.Headline));
    }

    [Fact]
    public void A_stale_or_withdrawn_judgement_of_an_AI_rater_shows_in_no_lens()
    {
        var stale = LedgerScript.Started("open").Submit("o0", "r0", Cell, new("", "", null, 0.9), kind: "ai")
            .With(LedgerScript.Redefined(Cell, material: true)).Late();
        var withdrawn = LedgerScript.Started("open").Submit("o0", "r0", Cell, new("", "", null, 0.9), kind: "ai")
            .Withdraw("o0", "r0", Cell).Late();
        Assert.Null(Value(CellAnalysis.OfMatrix(stale)[0].Analysis, "with-ai-raters"));
        Assert.Null(Value(CellAnalysis.OfMatrix(withdrawn)[0].Analysis, "with-ai-raters"));
    }

    private static CellAnalysis Alone(Rating[] ratings) => CellAnalysis.Of(ratings, RaterHabits.Of([ratings]));

    private static double? Value(CellAnalysis cell, string lens) =>
        cell.Multiverse.Readings.Single(reading => reading.Lens == lens).Value;
}
