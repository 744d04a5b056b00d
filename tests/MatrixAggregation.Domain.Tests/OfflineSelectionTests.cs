namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public class OfflineSelectionTests
{
    private static readonly DateTimeOffset Noon = new(2025, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_highest_round_wins_then_the_latest_time_then_the_place_in_the_file()
    {
        Assert.Equal([0.2], Best(Row(0.1, 1, Noon.AddDays(1)), Row(0.2, 2, Noon)));
        Assert.Equal([0.1], Best(Row(0.1, 1, Noon.AddDays(1)), Row(0.2, 1, Noon)));
        Assert.Equal([0.2], Best(Row(0.1, 1, Noon), Row(0.2, 1, Noon)));
        Assert.Equal([0.1], Best(Row(0.1, 1, Noon), Row(0.2, 1, null)));
    }

    [Fact]
    public void A_latest_withdrawal_removes_the_quantity_and_earlier_ratings_do_not_revive() =>
        Assert.Empty(Best(Row(0.1, 1, Noon), Row(0.2, 1, Noon.AddHours(1), withdrawn: true)));

    [Fact]
    public void Rating_again_after_a_withdrawal_counts() =>
        Assert.Equal([0.3], Best(Row(0.1, 1, Noon), Row(0.1, 1, Noon.AddHours(1), withdrawn: true), Row(0.3, 1, Noon.AddHours(2))));

    [Fact]
    public void Rounds_after_the_one_asked_for_are_not_there()
    {
        OfflineRow[] rows = [Row(0.1, 1, Noon), Row(0.2, 2, Noon, withdrawn: true)];
        Assert.Equal(0.1, Assert.Single(OfflineSelection.Latest(rows, round: 1)).Rating.Best);
        Assert.Empty(OfflineSelection.Latest(rows, round: 2));
    }

    [Fact]
    public void Other_raters_and_other_quantities_are_left_alone()
    {
        var row = Row(0.1, 1, Noon);
        OfflineRow[] rows =
        [
            row, row with { FailureMode = "other" }, row with { Technique = null },
            row with { Rating = row.Rating with { Rater = "r2" } }, row with { Rating = row.Rating with { Organisation = "o2" } },
        ];
        Assert.Equal(rows, OfflineSelection.Latest(rows));
    }

    private static OfflineRow Row(double best, int round, DateTimeOffset? at, bool withdrawn = false) =>
        new("t", "m", round, at, withdrawn, new("o", "r", null, best));

    private static IEnumerable<double> Best(params OfflineRow[] rows) =>
        OfflineSelection.Latest(rows).Select(row => row.Rating.Best!.Value);
}
