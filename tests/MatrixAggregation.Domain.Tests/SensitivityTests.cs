using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class SensitivityTests
{
    private static readonly string[] Names =
    [
        "one_rater_verdict_V", "mixed_verdict_and_prob", "sybil_100_vs_4", "org100_vs_org1", "all_identical_3orgs_0.8",
    ];

    /// <summary>From uncertain to vulnerable in small steps: somewhere a constant decides.</summary>
    private static IEnumerable<Rating[]> Steps => Enumerable.Range(60, 40)
        .Select(percent => percent / 100.0)
        .Select(best => new Rating[] { new("A", "1", null, best), new("A", "2", null, best), new("B", "1", null, 0.7) });

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
    public void A_matrix_lists_changed_verdicts_and_names_the_cell_that_moves_furthest()
    {
        Rating[][] ratings = [[], .. Names.Select(name => Rohl1VectorCases.Read(name).Ratings), .. Steps];
        (Quantity Cell, Rating[] Ratings)[] cells = [.. ratings.Select((cell, at) => (new Quantity($"T{at}", "M"), cell))];
        foreach (var (row, variant) in Sensitivity.OfMatrix(cells).Zip(Sensitivity.Variants))
        {
            var all = cells.Select(cell => (
                cell.Cell, Was: Rohl1.Pool(cell.Ratings), Is: Rohl1.Pool(cell.Ratings, variant.Policy))).ToArray();
            Assert.Equal(
                all.Where(one => one.Was?.Verdict != one.Is?.Verdict).Select(one => new VerdictChange(
                    one.Cell.Technique!, "M", Verdicts.Name(one.Was!.Value.Verdict), Verdicts.Name(one.Is!.Value.Verdict),
                    one.Was.Value.Mean, one.Is.Value.Mean)),
                row.Changes);
            Assert.Equal((45, row.Changes.Count, variant.IsDefault), (row.RatedCells, row.ChangedVerdicts, row.IsPublished));
            var largest = all.MaxBy(one => Math.Abs((one.Is?.Mean - one.Was?.Mean) ?? 0));
            Assert.Equal((largest.Is?.Mean - largest.Was?.Mean) ?? 0, row.LargestShift);
            Assert.Equal(variant.IsDefault ? null : largest.Cell.Technique, row.Technique);
        }

        Assert.Equal(3, Sensitivity.Variants.Count(variant => variant.IsDefault));
        Assert.Contains(Sensitivity.OfMatrix(cells), row => row.Changes.Any(change => change.Instead == "vulnerable"));
        Assert.Contains(Sensitivity.OfMatrix(cells), row => row.Changes.Any(change => change.Verdict == "vulnerable"));
    }

    [Fact]
    public void The_answer_quotes_its_version_and_looks_at_counted_ratings_only()
    {
        var script = LedgerScript.Started("open").Submit("o0", "r", new("T1", "M1"), new("", "", Verdict.Vulnerable))
            .Submit("o1", "model", new("T1", "M2"), new("", "", Verdict.Vulnerable), kind: "ai");
        var (state, matrix) = (script.Late(), script.Late().Matrix());
        var answer = Sensitivity.Of(state, matrix);
        Assert.Equal((4L, matrix.Digest, "rohl-1", 1, 9), (
            answer.Version, answer.Digest, answer.Method, answer.RatedCells, answer.Variants.Count));
        Assert.Equal(0.5, answer.Constants.Rho);
    }

    [Fact]
    public void An_unrated_cell_has_no_numbers_under_any_constant() =>
        Assert.All(Sensitivity.OfCell([]), row => Assert.Null(row.Posterior));
}
