using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class CellDisagreementTests
{
    [Fact]
    public void Between_and_within_are_the_formulas_written_out() => Ratings.Cell.Sample(
        cell =>
        {
            var own = cell.GroupBy(rating => rating.Organisation)
                .Select(group => group.Select(rating => Math.Clamp(Observation.Point(rating), 0.01, 0.99)).ToArray()).ToArray();
            var mean = own.Average(raters => raters.Average());
            var measured = CellDisagreement.Of(cell)!.Value;
            Assert.Equal(4 * own.Average(raters => Math.Pow(raters.Average() - mean, 2)), measured.Between, 1e-12);
            Assert.Equal(4 * own.Average(raters => raters.Average(p => Math.Pow(p - raters.Average(), 2))), measured.Within, 1e-12);
            Assert.Equal(measured.Between + measured.Within, measured.Total);
            Assert.InRange(measured.Total, 0, 1);
            Assert.InRange(measured.Ordinal, 0, 1);
        },
        iter: 10_000);

    [Fact]
    public void Two_opposite_camps_are_the_most_there_can_be()
    {
        var split = CellDisagreement.Of([new("A", "a", null, 0.01), new("B", "b", null, 0.99)])!.Value;
        Assert.Equal((0.98 * 0.98, 0, 1), (split.Between, split.Within, split.Ordinal), Close);
        var inside = CellDisagreement.Of([new("A", "a", null, 0.01), new("A", "b", null, 0.99)])!.Value;
        Assert.Equal((0, 0.98 * 0.98, 1), (inside.Between, inside.Within, inside.Ordinal), Close);
    }

    [Fact]
    public void Unanimous_verdicts_have_no_ordinal_dispersion_and_three_different_ones_eight_ninths()
    {
        Assert.Equal(0, CellDisagreement.Of([new("A", "a", Verdict.Uncertain), new("B", "b", Verdict.Uncertain)])!.Value.Ordinal);
        Assert.Equal(
            8 / 9.0,
            CellDisagreement.Of([new("A", "a", Verdict.Resistant), new("B", "b", Verdict.Uncertain), new("C", "c", Verdict.Vulnerable)])!
                .Value.Ordinal,
            1e-15);
    }

    [Fact]
    public void Nobody_disagrees_about_what_nobody_rated() => Assert.Null(CellDisagreement.Of([]));

    private static bool Close((double, double, double) a, (double, double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-12;
}
