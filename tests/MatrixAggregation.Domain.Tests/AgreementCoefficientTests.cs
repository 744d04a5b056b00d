using System.Text.Json;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class AgreementCoefficientTests
{
    private const double Exact = 1e-9;

    // Published figures have seven digits, those of the raw ratings five.
    private const double SevenDigits = 5.1e-8;
    private const double FiveDigits = 5.1e-6;

    [Fact]
    public void Fleiss_of_the_worked_example_is_met()
    {
        var vector = AgreementVectorCases.Find("fleiss", "wikipedia_10x14x5");
        var expected = vector.GetProperty("expected");
        var kappa = AgreementCoefficient.Fleiss(AgreementVectorCases.Counts(vector.GetProperty("data")), AgreementWeights.Identity(5));
        Assert.Equal(expected.GetProperty("Pbar").GetDouble(), kappa.Observed!.Value, Exact);
        Assert.Equal(expected.GetProperty("Pe").GetDouble(), kappa.Expected!.Value, Exact);
        Assert.Equal(expected.GetProperty("kappa").GetDouble(), kappa.Value!.Value, Exact);
        var published = vector.GetProperty("published");
        Assert.Equal(published.GetProperty("Pbar").GetDouble(), kappa.Observed.Value, 5e-4);
        Assert.Equal(published.GetProperty("Pe").GetDouble(), kappa.Expected.Value, 5e-4);
        Assert.Equal(published.GetProperty("kappa").GetDouble(), kappa.Value.Value, 5e-4);
    }

    [Fact]
    public void Every_published_coefficient_of_the_distribution_is_met()
    {
        var vector = AgreementVectorCases.Find("gwet", "distrib_6raters");
        var published = vector.GetProperty("published");
        var counts = AgreementVectorCases.Counts(vector.GetProperty("data"));
        var weights = AgreementWeights.Identity(5);
        var ac1 = AgreementCoefficient.Gwet(counts, weights);
        var fleiss = AgreementCoefficient.Fleiss(counts, weights);
        Near(published, "AC1", ac1.Value, SevenDigits);
        Near(published, "AC1_se", ac1.StandardError, SevenDigits);
        Near(published, "fleiss", fleiss.Value, SevenDigits);
        Near(published, "fleiss_se", fleiss.StandardError, SevenDigits);
        Near(published, "brennan_prediger", AgreementCoefficient.BrennanPrediger(counts, weights).Value, SevenDigits);
        var alpha = Krippendorff.Alpha(AgreementVectorCases.Expanded(counts), AlphaMetric.Nominal).Value;
        Near(published, "krippendorff_alpha_nominal", alpha, SevenDigits);
    }

    [Fact]
    public void Every_published_coefficient_of_the_raw_ratings_is_met()
    {
        var (published, codes) = Raw();
        var counts = Counts(codes, 5);
        var weights = AgreementWeights.Identity(5);
        var ac1 = AgreementCoefficient.Gwet(counts, weights);
        Near(published, "percent_agreement", ac1.Observed, SevenDigits);
        Near(published, "AC1", ac1.Value, FiveDigits);
        Near(published, "AC1_se", ac1.StandardError, FiveDigits);
        Near(published, "AC1_pe", ac1.Expected, SevenDigits);
        Near(published, "fleiss", AgreementCoefficient.Fleiss(counts, weights).Value, FiveDigits);

        // The lone value of the last unit is the second coder's here and the third's where this figure was published; only
        // Conger's kappa asks who said it.
        Assert.Equal((2, 1), (codes[11][1], codes[11].Count(code => code is not null)));
        Near(published, "conger", AgreementCoefficient.Conger([.. codes[..11], [null, null, 2, null]], weights).Value, FiveDigits);
        Assert.Equal(0.7620668936511116, AgreementCoefficient.Conger(codes, weights).Value!.Value, Exact);
        var alpha = Krippendorff.Alpha(AgreementVectorCases.Expanded(counts), AlphaMetric.Nominal).Value;
        Near(published, "krippendorff_alpha_nominal", alpha, FiveDigits);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("linear")]
    [InlineData("quadratic")]
    [InlineData("ordinal")]
    public void Gwet_under_each_weighting_is_met(string name)
    {
        var weights = name switch
        {
            "identity" => AgreementWeights.Identity(5),
            "linear" => AgreementWeights.Linear(5),
            "quadratic" => AgreementWeights.Quadratic(5),
            _ => AgreementWeights.Ordinal(5),
        };
        var expected = AgreementVectorCases.Find("gwet", "cac_raw4raters").GetProperty("expected").GetProperty(name);
        var coefficient = AgreementCoefficient.Gwet(Counts(Raw().Codes, 5), weights);
        Near(expected, "pa", coefficient.Observed, Exact);
        Near(expected, "pe", coefficient.Expected, Exact);
        Near(expected, "coef", coefficient.Value, Exact);
    }

    [Fact]
    public void Every_published_coefficient_of_the_contingency_table_is_met()
    {
        var vector = AgreementVectorCases.Find("gwet", "cont3x3abstractors");
        var published = vector.GetProperty("published");
        var codes = AgreementVectorCases.Counts(vector.GetProperty("data"))
            .SelectMany((row, k) => row.SelectMany((count, l) => Enumerable.Repeat(new int?[] { k, l }, count))).ToArray();
        var counts = Counts(codes, 3);
        var weights = AgreementWeights.Identity(3);
        Near(published, "cohen", AgreementCoefficient.Conger(codes, weights).Value, SevenDigits);
        Near(published, "scott_pi", AgreementCoefficient.Fleiss(counts, weights).Value, SevenDigits);
        Near(published, "AC1", AgreementCoefficient.Gwet(counts, weights).Value, SevenDigits);
        Near(published, "percent_agreement", AgreementCoefficient.Gwet(counts, weights).Observed, Exact);
        Near(published, "brennan_prediger", AgreementCoefficient.BrennanPrediger(counts, weights).Value, Exact);
        var alpha = Krippendorff.Alpha(AgreementVectorCases.Expanded(counts), AlphaMetric.Nominal).Value;
        Near(published, "krippendorff_alpha_nominal", alpha, SevenDigits);
    }

    [Fact]
    public void Unanimity_without_variation_has_no_kappa_and_a_Gwet_of_one()
    {
        int[][] counts = [[2, 0, 0], [3, 0, 0]];
        var fleiss = AgreementCoefficient.Fleiss(counts, AgreementWeights.Identity(3));
        Assert.Equal((null, Undefined.NoVariation, 1.0), (fleiss.Value, fleiss.Undefined, fleiss.Observed));
        Assert.Equal(1, AgreementCoefficient.Gwet(counts, AgreementWeights.Identity(3)).Value);
        Assert.Equal(1, AgreementCoefficient.Gwet(counts, AgreementWeights.Linear(3)).Value);
        Assert.Equal(1, AgreementCoefficient.Gwet([[2], [3]], AgreementWeights.Identity(1)).Value);
        var conger = AgreementCoefficient.Conger([[0, 0], [0, 0]], AgreementWeights.Identity(3));
        Assert.Equal((null, Undefined.NoVariation), (conger.Value, conger.Undefined));
    }

    [Fact]
    public void Without_a_pair_of_judgements_every_coefficient_is_null_with_the_reason()
    {
        int[][] counts = [[1, 0, 0], [0, 0, 0]];
        var weights = AgreementWeights.Linear(3);
        Assert.All(
            [
                AgreementCoefficient.Fleiss(counts, weights), AgreementCoefficient.Gwet(counts, weights),
                AgreementCoefficient.BrennanPrediger(counts, weights), AgreementCoefficient.Conger([[0, null], [null, 2]], weights),
            ],
            none => Assert.Equal(new AgreementCoefficient(null, Undefined.NoPairs, null, null, null), none));
        Assert.Throws<ArgumentException>(() => AgreementCoefficient.Fleiss([[1, 1]], weights));
    }

    private static (JsonElement Published, int?[][] Codes) Raw()
    {
        var vector = AgreementVectorCases.Find("gwet", "cac_raw4raters");
        return (
            vector.GetProperty("published"),
            [.. AgreementVectorCases.Rows(vector.GetProperty("data")).Select(unit => unit.Select(value => (int?)(value - 1)).ToArray())]);
    }

    private static int[][] Counts(int?[][] codes, int categories) =>
        [.. codes.Select(unit => Enumerable.Range(0, categories).Select(k => unit.Count(code => code == k)).ToArray())];

    private static void Near(JsonElement expected, string name, double? actual, double tolerance) =>
        Assert.Equal(expected.GetProperty(name).GetDouble(), actual!.Value, tolerance);
}
