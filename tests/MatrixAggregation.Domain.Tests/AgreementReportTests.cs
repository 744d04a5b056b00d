using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class AgreementReportTests
{
    private static readonly Bootstrap Few = new(20251013, 20);

    [Fact]
    public void A_report_has_the_raters_the_raters_of_each_organisation_and_the_organisations()
    {
        Rating[][] cells =
        [
            [new("A", "1", Verdict.Resistant), new("A", "2", Verdict.Vulnerable), new("B", "1", Verdict.Uncertain)],
            [new("A", "1", Verdict.Resistant), new("B", "1", null, 0.9), new("C", "1", null, 0.1)],
            [],
            [new("C", "1", Verdict.Vulnerable, 0.2)],
        ];
        var report = AgreementReport.Of(cells, Few);
        Assert.Equal((3, 2, 4), (report.Overall.Units, report.Overall.Pairable, report.Overall.Coders));
        Assert.Equal(["A", "B", "C"], report.ByOrganisation.Select(one => one.Organisation));
        Assert.Equal([(2, 1, 2), (2, 0, 1), (2, 0, 1)], report.ByOrganisation.Select(one =>
            (one.Measures.Units, one.Measures.Pairable, one.Measures.Coders)));
        Assert.Equal(Undefined.NoPairs, report.ByOrganisation[1].Measures.Ordinal.Undefined);
        Assert.Null(report.ByOrganisation[1].Measures.PercentAgreement);
        Assert.Equal((3, 2, 3), (
            report.BetweenOrganisations.Units, report.BetweenOrganisations.Pairable, report.BetweenOrganisations.Coders));

        // A's R and V have the median U, with which B agrees; of A, B and C in the second cell R, V and R one pair agrees.
        Assert.Equal((1 + 1 / 3.0) / 2, report.BetweenOrganisations.PercentAgreement!.Value, 1e-15);
        Assert.Equal((0 + 1 / 3.0) / 2, report.Overall.PercentAgreement!.Value, 1e-15);
    }

    [Fact]
    public void Verdicts_go_as_stated_into_ordinal_alpha_and_numbers_as_stated_into_interval_alpha()
    {
        Rating[][] cells =
        [
            [new("A", "1", Verdict.Vulnerable, 0.2), new("A", "2", null, 0.2)],
            [new("A", "1", Verdict.Uncertain), new("A", "2", null, 0.5)],
            [new("A", "1", Verdict.Resistant), new("A", "2", Verdict.Vulnerable)],
        ];
        var measures = AgreementReport.Of(cells, Few).Overall;
        Assert.Equal(
            PairwiseAlpha.Of([[2, 0], [1, 1], [0, 2]], AlphaMetric.Ordinal), measures.Ordinal.Value!.Value, 1e-12);
        Assert.Equal(
            PairwiseAlpha.Of([[0.2, 0.2], [0.5, 0.5], [0.15, 0.85]], AlphaMetric.Interval), measures.Interval.Value!.Value, 1e-12);
        Assert.Equal(
            PairwiseAlpha.Of([[0.2, 0.2], [0.5, 0.5], [0.15, 0.85]], AlphaMetric.Ratio), measures.Ratio.Value!.Value, 1e-12);
    }

    [Theory]
    [InlineData("RRV", Verdict.Resistant)]
    [InlineData("RV", Verdict.Uncertain)]
    [InlineData("RU", Verdict.Uncertain)]
    [InlineData("UV", Verdict.Uncertain)]
    [InlineData("RUVV", Verdict.Uncertain)]
    [InlineData("RVVV", Verdict.Vulnerable)]
    public void An_organisation_says_the_median_of_its_raters_verdicts(string verdicts, Verdict expected)
    {
        var unit = verdicts.Select((letter, at) => Coding.Of(new("A", $"{at}", letter switch
        {
            'R' => Verdict.Resistant,
            'U' => Verdict.Uncertain,
            _ => Verdict.Vulnerable,
        })));
        Assert.Equal(expected, Coding.MediansOfOrganisations(unit).Single().Verdict);
    }

    [Fact]
    public void An_organisation_says_the_median_of_its_raters_numbers()
    {
        var unit = new[] { 0.1, 0.9, 0.2, 0.4 }.Select((best, at) => Coding.Of(new("A", $"{at}", null, best)));
        Assert.Equal(0.3, Coding.MediansOfOrganisations(unit).Single().Number, 1e-15);
    }

    [Fact]
    public void Where_everybody_says_the_same_alpha_is_null_and_what_is_beside_it_is_one()
    {
        var measures = AgreementReport.Of(
            [[new("A", "1", Verdict.Resistant), new("B", "1", Verdict.Resistant)]], Few).BetweenOrganisations;
        Assert.Equal((null, Undefined.NoVariation), (measures.Ordinal.Value, measures.Ordinal.Undefined));
        Assert.Equal((1.0, 1.0, 1.0), (measures.PercentAgreement, measures.GwetAC1.Value, measures.GwetAC2.Value));
        Assert.Equal(Undefined.NoVariation, measures.Fleiss.Undefined);
    }

    [Fact]
    public void Turning_every_judgement_round_changes_no_agreement_but_the_ratio() => Ratings.Cell.Array[1, 6].Sample(
        cells =>
        {
            var report = AgreementReport.Of(cells, Few);
            var mirrored = AgreementReport.Of(cells.Select(cell => Array.ConvertAll(cell, Ratings.Mirror)), Few);
            Equal(report.Overall, mirrored.Overall);
            Equal(report.BetweenOrganisations, mirrored.BetweenOrganisations);
        },
        iter: 50);

    private static void Equal(AgreementMeasures one, AgreementMeasures other)
    {
        Assert.Equal(one.Ordinal.Value ?? 2, other.Ordinal.Value ?? 2, 1e-12);
        Assert.Equal(one.Interval.Value ?? 2, other.Interval.Value ?? 2, 1e-9);
        Assert.Equal(one.GwetAC2.Value ?? 2, other.GwetAC2.Value ?? 2, 1e-12);
        Assert.Equal(one.Fleiss.Value ?? 2, other.Fleiss.Value ?? 2, 1e-12);
    }
}
