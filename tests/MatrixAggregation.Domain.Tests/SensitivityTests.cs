namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class SensitivityTests
{
    private static readonly string[] Names =
    [
        "one_rater_verdict_V", "mixed_verdict_and_prob", "sybil_100_vs_4", "org100_vs_org1", "all_identical_3orgs_0.8",
    ];

    // The table of docs/methods/aggregation.md: the cells above under each constant.
    [Theory]
    [InlineData("rho", 0.2, "0.675 0.575 0.256 0.617 0.759")]
    [InlineData("rho", 0.5, "0.675 0.566 0.253 0.557 0.759")]
    [InlineData("rho", 0.8, "0.675 0.558 0.251 0.519 0.759")]
    [InlineData("s-min", 0.3, "0.675 0.566 0.250 0.557 0.762")]
    [InlineData("s-min", 0.6, "0.675 0.566 0.253 0.557 0.759")]
    [InlineData("s-min", 0.9, "0.675 0.562 0.271 0.559 0.746")]
    [InlineData("nu", 1, "0.669 0.559 0.239 0.541 0.762")]
    [InlineData("nu", 2, "0.675 0.566 0.253 0.557 0.759")]
    [InlineData("nu", 4, "0.684 0.572 0.277 0.574 0.758")]
    public void Five_cells_have_the_means_of_the_documentation(string constant, double value, string means) => Assert.Equal(
        means,
        string.Join(' ', Names.Select(name => Sensitivity.OfCell(Rohl1VectorCases.Read(name).Ratings)
            .Single(row => row.Variant.Constant == constant && row.Variant.Value == value)
            .Posterior!.Value.Mean.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void A_matrix_counts_changed_verdicts_and_names_the_cell_that_moves_furthest()
    {
        Rating[][] cells = [[], .. Names.Select(name => Rohl1VectorCases.Read(name).Ratings)];
        foreach (var row in Sensitivity.OfMatrix(cells))
        {
            var pairs = cells.Select(cell => (Was: Rohl1.Pool(cell), Is: Rohl1.Pool(cell, row.Variant.Policy))).ToArray();
            Assert.Equal((5, pairs.Count(pair => pair.Was?.Verdict != pair.Is?.Verdict)), (row.Rated, row.ChangedVerdicts));
            var largest = pairs.MaxBy(pair => Math.Abs((pair.Is?.Mean - pair.Was?.Mean) ?? 0));
            Assert.Equal((largest.Is?.Mean - largest.Was?.Mean) ?? 0, row.LargestShift);
            Assert.Equal(row.Variant.IsDefault, row.At is null);
        }

        Assert.Equal(3, Sensitivity.Variants.Count(variant => variant.IsDefault));
    }

    [Fact]
    public void An_unrated_cell_has_no_numbers_under_any_constant() =>
        Assert.All(Sensitivity.OfCell([]), row => Assert.Null(row.Posterior));
}
