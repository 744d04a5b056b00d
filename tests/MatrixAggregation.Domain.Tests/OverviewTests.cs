using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class OverviewTests
{
    private static readonly Quantity Cell = new("T1", "M1");
    private static readonly Quantity Other = new("T2", "M2");

    [Fact]
    public void Coverage_counts_what_is_rated_by_whom_and_what_waits_to_be_rated_again()
    {
        var state = LedgerScript.Started("open")
            .Submit("o0", "old", new("T1", "M2"), new("", "", null, 0.5))
            .With(LedgerScript.Redefined(new(null, "M2"), material: true))
            .Submit("o0", "r0", Cell, new("", "", null, 0.1)).Submit("o1", "r0", Cell, new("", "", null, 0.9))
            .Submit("o1", "r1", Other, new("", "", null, 0.9)).Submit("o2", "r0", new(null, "M1"), new("", "", null, 0.2)).Late();
        var coverage = Overview.Of(state, state.Matrix()).Coverage;
        Assert.Equal((4, 2, 1, 1, 1), (coverage.Cells, coverage.Rated, coverage.SingleSource, coverage.Contested, coverage.WithStale));
        Assert.Equal((2, 1, 2, 0), (coverage.Likelihoods, coverage.RatedLikelihoods, coverage.SafetyTaxes, coverage.RatedSafetyTaxes));
        Assert.Equal((3, 4), (coverage.Organisations, coverage.Raters));
    }

    [Fact]
    public void Divisive_cells_come_with_the_greatest_disagreement_first_and_without_those_where_nobody_differs() =>
        LedgerScript.Released.Sample(script =>
        {
            var state = script.Late();
            var expected = CellAnalysis.OfMatrix(state).Where(cell => cell.Analysis.Disagreement?.Total > 0)
                .OrderByDescending(cell => cell.Analysis.Disagreement!.Value.Total)
                .Select(cell => (cell.Cell, cell.Analysis.Disagreement!.Value.Total));
            Assert.Equal(expected, Overview.Of(state, state.Matrix()).Divisive.Select(
                cell => (new Quantity(cell.Technique, cell.FailureMode), cell.Disagreement.Total)));
        });

    [Fact]
    public void Every_cell_has_its_disagreement_in_the_order_of_the_matrix_or_none() => LedgerScript.Released.Sample(script =>
    {
        var state = script.Late();
        Assert.Equal(
            CellAnalysis.OfMatrix(state).Select(cell => cell.Analysis.Disagreement?.Total),
            Overview.Of(state, state.Matrix()).Disagreement.Select(figures => figures?.Total));
    });

    [Fact]
    public void Agreement_in_short_is_that_of_the_report_and_what_is_undefined_says_why() => LedgerScript.Released.Sample(script =>
    {
        var state = script.Late();
        var (summary, report) = (Overview.Of(state, state.Matrix()).Agreement, AgreementReport.Of(state, new Bootstrap(1, 1)));
        var (all, between) = (report.Overall, report.BetweenOrganisations.Ordinal);
        Assert.Equal(
            (all.Ordinal.Value, all.Interval.Value, all.GwetAC2.Value, all.Pairable),
            (summary.Ordinal, summary.Interval, summary.GwetAC2, summary.Pairable));
        Assert.Equal(all.Ordinal.Undefined, summary.Undefined.GetValueOrDefault("ordinal"));
        Assert.Equal(
            (between.Value, between.Undefined),
            (summary.BetweenOrganisations, summary.Undefined.GetValueOrDefault("betweenOrganisations")));
    });
}
