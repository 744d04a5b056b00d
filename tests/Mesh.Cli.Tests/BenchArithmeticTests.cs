using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class BenchArithmeticTests
{
    [Fact]
    public void Percentiles_are_the_nearest_ranks_of_what_occurred()
    {
        var hundred = Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(value => (double)value))!;
        Assert.Equal((100, 50.0, 90.0, 99.0, 100.0), (hundred.Count, hundred.P50, hundred.P90, hundred.P99, hundred.Max));
        Assert.Equal(new Percentiles(1, 7, 7, 7, 7), Percentiles.Of([7]));
        Assert.Equal(new Percentiles(3, 2, 9, 9, 9), Percentiles.Of([9, 1, 2]));
        Assert.Null(Percentiles.Of([]));
    }

    [Fact]
    public void An_open_loop_keeps_its_rate_its_order_and_its_seed()
    {
        var schedule = OpenSchedule.Poisson(100, TimeSpan.FromSeconds(100), 7);
        var gaps = schedule.Zip(schedule.Skip(1), (before, after) => (after - before).TotalSeconds).ToArray();

        Assert.Equal(schedule, OpenSchedule.Poisson(100, TimeSpan.FromSeconds(100), 7));
        Assert.NotEqual(schedule, OpenSchedule.Poisson(100, TimeSpan.FromSeconds(100), 8));
        Assert.All(gaps, gap => Assert.True(gap >= 0));
        Assert.InRange(schedule[^1], TimeSpan.Zero, TimeSpan.FromSeconds(100));
        // 10,000 expected: five standard deviations of a Poisson count, and of the share of gaps longer than the mean.
        Assert.InRange(schedule.Count, 9_500, 10_500);
        Assert.InRange(gaps.Count(gap => gap > 0.01) / (double)gaps.Length, 0.343, 0.393);
    }

    [Fact]
    public void An_entry_is_covered_by_the_first_version_greater_than_its_index()
    {
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        StoredVersion[] versions = [new(3, at), new(4, at.AddSeconds(1)), new(9, at.AddSeconds(2))];

        Assert.Equal(at, Coverage.Of(2, versions));
        Assert.Equal(at.AddSeconds(1), Coverage.Of(3, versions));
        Assert.Equal(at.AddSeconds(2), Coverage.Of(4, versions));
        Assert.Equal(at.AddSeconds(2), Coverage.Of(8, versions));
        Assert.Null(Coverage.Of(9, versions));
    }

    [Fact]
    public void New_numbers_replace_the_old_ones_and_nothing_else_of_the_page()
    {
        var page = ReportPage.Into("", "old") + "\nWritten by hand.\n";

        var after = ReportPage.Into(page, "new");

        Assert.DoesNotContain("old", after, StringComparison.Ordinal);
        Assert.Equal(page.Replace("old", "new", StringComparison.Ordinal), after);
    }
}
