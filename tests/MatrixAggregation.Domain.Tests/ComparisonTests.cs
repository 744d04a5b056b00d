using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class ComparisonTests
{
    private static readonly Quantity Cell = new("T1", "M1");

    private static readonly Gen<(LedgerScript Script, int A, int B)> Pairs =
        from script in LedgerScript.Any
        from b in Gen.Int[1, script.Entries.Count]
        from a in Gen.Int[1, b]
        select (script, a, b);

    [Fact]
    public void Exactly_what_differs_is_listed_by_how_much() => Pairs.Sample(pair =>
    {
        var (a, b) = (pair.Script.Live(pair.A), pair.Script.Live(pair.B));
        foreach (var lens in Method.Lenses)
        {
            var (before, after) = (a.Matrix().Lenses[lens], b.Matrix().Lenses[lens]);
            var diff = Diff(a, b, lens);
            Assert.Equal(after.Except(before), diff.Cells.Select(cell => cell.After));
            Assert.All(diff.Cells, cell => Assert.Equal(
                (cell.After.Mean - cell.Before?.Mean, cell.After.Verdict != cell.Before?.Verdict), (cell.MeanShift, cell.VerdictChanged)));
            Assert.Equal(diff.Cells.Count(cell => cell.VerdictChanged), diff.ChangedVerdicts);
        }

        var none = Diff(b, b, Method.Rohl1);
        Assert.Equal((0, 0, 0), (none.Cells.Count, none.Likelihoods.Count, none.SafetyTaxes.Count));
    });

    [Fact]
    public void Every_change_has_a_cause_after_the_earlier_version_and_none_that_is_not_released() => Pairs.Sample(pair =>
    {
        var diff = Diff(pair.Script.Live(pair.A), pair.Script.Live(pair.B), Method.Rohl1);
        var hidden = pair.Script.Live(pair.B).Hidden.Keys.ToHashSet();
        foreach (var causes in Causes(diff))
        {
            Assert.Contains(causes, index => index >= pair.A);
            Assert.DoesNotContain(causes, index => index >= pair.B || hidden.Contains(index));
        }
    });

    [Fact]
    public void Without_the_ratings_that_are_no_cause_the_later_version_is_the_same() => Pairs.Sample(pair =>
    {
        var (a, b) = (pair.Script.Live(pair.A), pair.Script.Live(pair.B));
        foreach (var cell in Diff(a, b, Method.Rohl1).Cells.Where(cell => cell.CauseCount <= 20))
        {
            var quantity = new Quantity(cell.Technique, cell.FailureMode);
            var known = a.JudgementsOf(quantity).Select(one => one.LedgerIndex).ToHashSet();
            var kept = pair.Script.Keep((index, _, of) => of != quantity || known.Contains(index) || cell.Causes.Contains(index));
            Assert.Equal(cell.After, kept.Live(pair.B).Matrix().Lenses[Method.Rohl1].Single(
                one => (one.Technique, one.FailureMode) == (cell.Technique, cell.FailureMode)));
        }
    });

    [Fact]
    public void A_removal_a_redefinition_a_withdrawal_and_a_new_rating_are_each_named_as_the_cause()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r", Cell, new("", "", null, 0.2))
            .Submit("o1", "r", Cell, new("", "", null, 0.9)).Submit("o2", "r", new("T2", "M1"), new("", "", null, 0.9))
            .Submit("o0", "r", new(null, "M1"), new("", "", null, 0.3)).Submit("o0", "r", new("T2", null), new("", "", null, 0.1));
        Assert.Equal([7], CausesOf(script.Submit("o3", "r", Cell, new("", "", null, 0.5)), 7));
        Assert.Equal([7], CausesOf(script.Withdraw("o1", "r", Cell), 7));
        Assert.Equal([7], CausesOf(script.With(new OrganisationRemoved("o1", "left")), 7));
        Assert.Equal([7], CausesOf(script.With(LedgerScript.Redefined(Cell, material: true)), 7));
        Assert.Empty(Diff(script.Late(), script.With(LedgerScript.Redefined(Cell, material: false)).Late(), Method.Rohl1).Cells);
        var quantities = Diff(script.Late(2), script.Late(), Method.Rohl1);
        Assert.Equal((0.3 - 0.1, 5L), (quantities.Likelihoods.Single().Shift!.Value, quantities.Likelihoods[0].Causes.Single()));
        Assert.Equal((null, 6L), (quantities.SafetyTaxes.Single().Shift, quantities.SafetyTaxes[0].Causes.Single()));
    }

    [Fact]
    public void A_rating_that_says_the_same_again_is_a_cause_where_the_earlier_one_has_ended()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r", Cell, new("", "", null, 0.2));
        var ended = script.With(new OrganisationRemoved("o0", "left")).With(new OrganisationAdmitted("o0", "o0"));
        var again = ended.Submit("o0", "r", Cell, new("", "", null, 0.2)).Submit("o1", "r", Cell, new("", "", null, 0.9));
        Assert.Equal([5L, 6], Diff(script.Late(), again.Late(), Method.Rohl1).Cells.Single().Causes);
        var same = script.Submit("o0", "r", Cell, new("", "", null, 0.2)).Submit("o1", "r", Cell, new("", "", null, 0.9));
        Assert.Equal([4L], Diff(script.Late(), same.Late(), Method.Rohl1).Cells.Single().Causes);
    }

    [Fact]
    public void A_blind_rounds_ratings_are_named_with_the_close_that_released_them()
    {
        var script = LedgerScript.Started("blind").Submit("o0", "r", Cell, new("", "", null, 0.2)).Close();
        Assert.Equal([2L, 3], Diff(script.Live(3), script.Live(), Method.Rohl1).Cells.Single().Causes);
        Assert.Equal([2L], Diff(script.Live(2), script.Live(), Method.Rohl1).Cells.Single().Causes);
        Assert.Empty(Diff(script.Live(2), script.Live(3), Method.Rohl1).Cells);
    }

    [Fact]
    public void A_new_item_of_the_catalogue_makes_cells_that_had_nothing_before()
    {
        var script = LedgerScript.Started("open").With(new CatalogueChanged("technique", "T3", "T3", "new", Material: false, "added"));
        var diff = Diff(script.Late(2), script.Late(), Method.Rohl1);
        Assert.Equal([("T3", "M1"), ("T3", "M2")], diff.Cells.Select(cell => (cell.Technique, cell.FailureMode)));
        Assert.All(diff.Cells, cell => Assert.Equal((null, true, 2L), (cell.Before, cell.StatusChanged, cell.Causes.Single())));
        Assert.Equal(("T3", null), (diff.SafetyTaxes.Single().Id, diff.SafetyTaxes[0].Before));
    }

    [Fact]
    public void Many_causes_are_counted_and_the_newest_named()
    {
        var script = Enumerable.Range(0, 30).Aggregate(
            LedgerScript.Started("open"), (so, at) => so.Submit("o0", $"r{at:00}", Cell, new("", "", null, 0.2)));
        var cell = Diff(script.Late(2), script.Late(), Method.Rohl1).Cells.Single();
        Assert.Equal((30, 20, 12L, 31L), (cell.CauseCount, cell.Causes.Count, cell.Causes[0], cell.Causes[^1]));
    }

    [Fact]
    public void Versions_out_of_order_are_refused()
    {
        var script = LedgerScript.Started("open");
        Assert.Throws<ArgumentException>(() => Diff(script.Late(), script.Late(1), Method.Rohl1));
    }

    private static IEnumerable<long> CausesOf(LedgerScript script, int a) =>
        Diff(script.Late(a), script.Late(), Method.Rohl1).Cells.Single(cell => cell.Technique == "T1").Causes;

    private static IEnumerable<IReadOnlyList<long>> Causes(MatrixDiff diff) =>
        diff.Cells.Select(cell => cell.Causes).Concat(diff.Likelihoods.Concat(diff.SafetyTaxes).Select(one => one.Causes));

    private static MatrixDiff Diff(MatrixState a, MatrixState b, string lens) =>
        Comparison.Of(new(a, a.Matrix()), new(b, b.Matrix()), lens);
}
