namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class ObservationTests
{
    [Fact]
    public void Bounds_stated_at_50_percent_are_widened_to_80_percent()
    {
        // (0.5, 0.6, 0.7) at 0.5 becomes (0.44, 0.76): the IDEA protocol's own example.
        var rescaled = Observation.Of(new("o", "r", null, 0.6, 0.44, 0.76, 0.8));
        var stated = Observation.Of(new("o", "r", null, 0.6, 0.5, 0.7, 0.5));
        Assert.Equal(rescaled.S, stated.S, 1e-12);
        Assert.Equal(Math.Log(0.6 / 0.4), stated.Y, 1e-12);
    }

    [Fact]
    public void An_interval_without_width_is_worth_the_floor_and_one_over_everything_the_ceiling()
    {
        Assert.Equal(0.6, Observation.Of(new("o", "r", null, 0.3, 0.3, 0.3)).S);
        Assert.Equal(2.5, Observation.Of(new("o", "r", null, 0.5, 0, 1)).S);
    }

    [Fact]
    public void Bounds_on_the_wrong_side_are_moved_to_the_best_estimate() =>
        Assert.Equal(
            Observation.Of(new("o", "r", null, 0.6, 0.6, 0.6)),
            Observation.Of(new("o", "r", null, 0.6, 0.7, 0.5)));

    [Fact]
    public void One_bound_alone_counts_as_none() =>
        Assert.Equal(Observation.Of(new("o", "r", null, 0.6)), Observation.Of(new("o", "r", null, 0.6, 0.1)));

    [Theory]
    [InlineData(Verdict.Resistant, 0.6, true)]
    [InlineData(Verdict.Resistant, 0.5, false)]
    [InlineData(Verdict.Vulnerable, 0.4, true)]
    [InlineData(Verdict.Vulnerable, 0.5, false)]
    [InlineData(Verdict.Uncertain, 0.99, false)]
    public void A_verdict_against_its_number_is_flagged_and_the_number_wins(Verdict verdict, double best, bool inconsistent)
    {
        var seen = Observation.Of(new("o", "r", verdict, best));
        Assert.Equal(inconsistent, seen.Inconsistent);
        Assert.Equal(Math.Log(best / (1 - best)), seen.Y, 1e-12);
    }

    [Theory]
    [InlineData(0.3333, Verdict.Resistant)]
    [InlineData(1.0 / 3, Verdict.Uncertain)]
    [InlineData(2.0 / 3, Verdict.Uncertain)]
    [InlineData(0.6667, Verdict.Vulnerable)]
    public void A_number_reads_as_a_verdict_with_cuts_at_thirds(double best, Verdict verdict) =>
        Assert.Equal(verdict, Observation.OrdinalVerdict(new("o", "r", null, best)));

    [Fact]
    public void A_stated_verdict_stands_for_ordinal_statistics_whatever_the_number() =>
        Assert.Equal(Verdict.Resistant, Observation.OrdinalVerdict(new("o", "r", Verdict.Resistant, 0.9)));

    [Fact]
    public void A_rating_that_says_nothing_is_refused() =>
        Assert.Throws<ArgumentException>(() => Observation.Of(new("o", "r")));
}
