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
