using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class LineageTests
{
    private static readonly Quantity Cell = new("T1", "M1");

    [Fact]
    public void A_cell_shows_each_judgement_and_why_it_does_not_count()
    {
        var state = LedgerScript.Started("open")
            .Submit("gone", "r0", Cell, new("", "", Verdict.Vulnerable))
            .Submit("o0", "r0", Cell, new("", "", Verdict.Vulnerable))
            .With(new OrganisationRemoved("gone", "left"))
            .With(LedgerScript.Redefined(Cell, material: true))
            .Submit("o1", "r0", Cell, new("", "", null, 0.25, 0.125, 0.5, 0.9))
            .Submit("o1", "r1", Cell, new("", "", Verdict.Resistant))
            .Withdraw("o1", "r1", Cell)
            .Late();
        var lineage = Lineage.Of(state, state.Matrix(), "T1", "M1")!;
        Assert.Equal(
            [
                ("gone", "r0", 2, NotCounted.OrganisationRemoved), ("o0", "r0", 3, NotCounted.Stale), ("o1", "r0", 6, null),
                ("o1", "r1", 8, NotCounted.Withdrawn),
            ],
            lineage.Ratings.Select(one => (one.Organisation, one.Rater, one.LedgerIndex, one.NotCountedBecause)));
        var stated = lineage.Ratings[2];
        Assert.Equal(("0.25", "0.125", "0.5", "0.9"), (stated.Best, stated.Lower, stated.Upper, stated.Confidence));
        Assert.Equal((null, null), (lineage.Ratings[3].Verdict, lineage.Ratings[3].Best));
        var only = Assert.Single(lineage.Organisations);
        Assert.Equal(("o1", 1, null, false), (only.Organisation, only.Raters, only.Influence, only.FlipsVerdict));
        Assert.Equal(0.25, only.Mean, 1e-15);
        Assert.Equal(
            [new NotCountedRatings(NotCounted.OrganisationRemoved, 1), new(NotCounted.Stale, 1), new(NotCounted.Withdrawn, 1)],
            lineage.NotCounted);
    }

    [Fact]
    public void A_cell_has_every_lens_its_disagreement_and_the_verdict_without_each_organisation()
    {
        var state = LedgerScript.Started("open")
            .Submit("a", "r", Cell, new("", "", Verdict.Vulnerable)).Submit("b", "r", Cell, new("", "", Verdict.Vulnerable))
            .Submit("c", "r", Cell, new("", "", null, 0.4)).Late();
        var lineage = Lineage.Of(state, state.Matrix(), "T1", "M1")!;
        var expected = CellAnalysis.OfMatrix(state)[0].Analysis;
        Assert.True(lineage.Fragile);
        Assert.Equal(["uncertain", "uncertain", "vulnerable"], lineage.Organisations.Select(one => one.VerdictWithout));
        Assert.Equal(
            expected.Multiverse.Readings.Select(one => (one.Lens, one.Value)),
            lineage.Multiverse!.Lenses.Select(one => (one.Lens, one.Value)));
        Assert.Equal((expected.Multiverse.Lowest, expected.Multiverse.Agreeing), (lineage.Multiverse.Lowest, lineage.Multiverse.Agreeing));
        Assert.Equal("no_bounds", lineage.Multiverse.Lenses.Single(one => one.Lens == "int-w-agg").Undefined);
        Assert.Equal(expected.Disagreement!.Value.Total, lineage.Disagreement!.Total);
        Assert.Equal((Method.Rohl1, 0.5, 2), (lineage.Method, lineage.Constants!.Rho, lineage.Constants.Nu));
        Assert.Null(lineage.AiRaters);
    }

    [Fact]
    public void A_hundred_equal_colleagues_are_a_hundred_effective_raters_and_hardly_two_independent_ones()
    {
        var script = Enumerable.Range(0, 100).Aggregate(
            LedgerScript.Started("open").Submit("b", "r", Cell, new("", "", null, 0.3)),
            (so, at) => so.Submit("a", $"r{at}", Cell, new("", "", null, 0.3)));
        var state = script.Late();
        var lineage = Lineage.Of(state, state.Matrix(), "T1", "M1")!;
        Assert.Equal(100, lineage.Organisations[0].EffectiveRaters, 1e-9);
        Assert.Equal(100 / (1 + 99 * 0.5), lineage.Organisations[0].IndependentRaters, 1e-9);
        Assert.Equal((101, 1 + 100 / 50.5), (Math.Round(lineage.EffectiveRaters, 9), lineage.IndependentRaters));
    }

    [Fact]
    public void AI_raters_are_told_apart_with_what_they_would_change_unless_they_are_stale_or_withdrawn()
    {
        var script = LedgerScript.Started("open")
            .Submit("o0", "gone", Cell, new("", "", null, 0.9), kind: "ai")
            .With(LedgerScript.Redefined(Cell, material: true))
            .Submit("o0", "r0", Cell, new("", "", null, 0.2))
            .Submit("o1", "model", Cell, new("", "", null, 0.9), kind: "ai");
        var state = script.Late();
        var lineage = Lineage.Of(state, state.Matrix(), "T1", "M1")!;
        var with = Rohl1.Pool([new("o0", "r0", null, 0.2), new("o1", "model", null, 0.9)])!.Value;
        Assert.Equal(
            new AiRaterEffect(1, with.Mean, Verdicts.Name(with.Verdict), with.Mean - lineage.Lenses[Method.Rohl1].Mean), lineage.AiRaters);
        Assert.Equal([new NotCountedRatings(NotCounted.AiRater, 2)], lineage.NotCounted);
        Assert.Equal(["ai", "human", "ai"], lineage.Ratings.Select(one => one.RaterKind));

        var alone = LedgerScript.Started("open").Submit("o1", "model", Cell, new("", "", null, 0.9), kind: "ai").Late();
        var effect = Lineage.Of(alone, alone.Matrix(), "T1", "M1")!.AiRaters!;
        Assert.Equal((1, null), (effect.Raters, effect.Shift));
    }

    [Fact]
    public void A_lineage_quotes_its_version_and_its_parts_make_up_its_counts() => LedgerScript.Any.Sample(script =>
    {
        var state = script.Live();
        var matrix = state.Matrix();
        var lineage = Lineage.Of(state, matrix, "T1", "M2")!;
        var headline = lineage.Lenses[Method.Rohl1];
        Assert.Equal((matrix.Version, matrix.Digest), (lineage.Version, lineage.Digest));
        Assert.Equal(headline, matrix.Lenses[Method.Rohl1].Single(cell => (cell.Technique, cell.FailureMode) == ("T1", "M2")));
        Assert.Equal(headline.Organisations, lineage.Organisations.Count);
        Assert.Equal(headline.Raters, lineage.Organisations.Sum(one => one.Raters));
        Assert.Equal(headline.Raters, lineage.Ratings.Count(one => one.Counted));
        Assert.Equal(headline.Stale, lineage.Ratings.Count(one => one.NotCountedBecause == NotCounted.Stale));
    });

    [Fact]
    public void What_the_catalogue_does_not_have_has_no_lineage()
    {
        var state = LedgerScript.Started("open").Late();
        Assert.Null(Lineage.Of(state, state.Matrix(), "T1", "M9"));
        Assert.Empty(Lineage.Of(state, state.Matrix(), "T1", "M1")!.Ratings);
    }

    [Fact]
    public void A_matrix_of_another_version_is_refused()
    {
        var script = LedgerScript.Started("open");
        Assert.Throws<ArgumentException>(() => Lineage.Of(script.Close().Late(), script.Late().Matrix(), "T1", "M1"));
        Assert.Throws<ArgumentException>(() => Consensus.Of(script.Late(), LedgerScript.Root, script.Close().Late().Matrix()));
    }
}
