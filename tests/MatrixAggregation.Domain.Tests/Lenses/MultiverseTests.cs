using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

public sealed class MultiverseTests
{
    private static readonly Rating[] Numbers =
    [
        new("A", "a1", null, 0.9), new("A", "a2", null, 0.9), new("A", "a3", null, 0.9), new("B", "b", null, 0.2), new("C", "c", null, 0.2),
    ];

    [Fact]
    public void Ids_are_distinct_and_the_published_lenses_are_among_them()
    {
        var ids = Multiverse.All.Select(lens => lens.Id).ToArray();
        Assert.Equal(20, ids.Distinct().Count());
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Empty(Method.Lenses.Except(ids));
        Assert.Equal(["crisp", "rohl-1"], Method.Lenses);
    }

    [Fact]
    public void Extremised_lenses_say_that_they_are_for_resolvable_events() => Assert.Equal(
        ["neyman-extremised-odds", "beta-ar-mean"],
        Multiverse.All.Where(lens => lens.ValidFor == "only valid for resolvable events").Select(lens => lens.Id));

    [Fact]
    public void Nobody_and_nobody_with_bounds_are_reasons_and_no_numbers()
    {
        var empty = Multiverse.Of(Cells.Only([]));
        Assert.All(empty.Readings, reading => Assert.Equal((null, "no_data", null), (reading.Value, reading.Undefined, reading.Verdict)));
        Assert.Equal((null, null, null, 0, 0), (empty.Lowest, empty.Highest, empty.Headline, empty.Defined, empty.Agreeing));

        var undefined = Multiverse.Of(Cells.Only(Numbers)).Readings.Where(reading => reading.Value is null);
        Assert.Equal(
            ["bay-tri-var no_bounds", "distrib-ar-mean no_bounds", "int-w-agg no_bounds", "ind-int-w-agg no_bounds"],
            undefined.Select(reading => $"{reading.Lens} {reading.Undefined}"));
    }

    [Fact]
    public void Range_and_agreement_are_taken_over_the_lenses_of_the_same_ratings()
    {
        var row = Multiverse.Of(Cells.Only(Numbers));
        var others = row.Readings.Where(reading => reading is { Value: not null, Lens: not ("rohl-1" or "with-ai-raters") }).ToArray();
        Assert.Equal(14, row.Defined);
        Assert.Equal(others.Length, row.Defined);
        Assert.Equal(Verdict.Uncertain, row.Headline);
        Assert.Equal(others.Count(reading => reading.Verdict == Verdict.Uncertain), row.Agreeing);
        Assert.InRange(row.Agreeing, 1, 13);
        Assert.Equal((0.2, 0.9), (row.Lowest, row.Highest));
    }

    [Fact]
    public void Scores_of_verdicts_count_in_the_agreement_and_not_in_the_range()
    {
        Assert.Equal(["crisp", "verdict-dirichlet"], Multiverse.All.Where(lens => !lens.IsProbability).Select(lens => lens.Id));
        var row = Multiverse.Of(Cells.Only([new("A", "a", Verdict.Vulnerable)]));
        Assert.Equal(1, row.Readings.Single(reading => reading.Lens == "crisp").Value);
        Assert.True(row.Highest < 1, $"{row.Highest}");
    }

    [Fact]
    public void AI_raters_show_in_their_own_lens_only()
    {
        Rating[] withAi = Rating.InOrder(Numbers.Append(new Rating("D", "model", null, 0.99)));
        var habits = RaterHabits.Of([Numbers]);
        var (without, with) = (Multiverse.Of(CellView.Of(Numbers, habits)), Multiverse.Of(CellView.Of(Numbers, habits, withAi)));
        Assert.Equal(["with-ai-raters"], with.Readings.Except(without.Readings).Select(reading => reading.Lens));
        Assert.Equal(Rohl1.Pool(withAi)!.Value.Mean, with.Readings.Single(reading => reading.Lens == "with-ai-raters").Value);

        var onlyAi = Multiverse.Of(CellView.Of([], RaterHabits.Of([]), [new("D", "model", null, 0.99)]));
        Assert.Equal(["with-ai-raters"], onlyAi.Readings.Where(reading => reading.Value is not null).Select(reading => reading.Lens));
        Assert.Equal((null, 0), (onlyAi.Lowest, onlyAi.Defined));
    }

    [Fact]
    public void The_widest_interval_over_all_cells_relieves_a_rater_who_is_always_wide()
    {
        Rating[] first = [new("A", "narrow", null, 0.2, 0.1, 0.3), new("A", "wide", null, 0.8, 0.5, 0.9)];
        Rating[] second = [new("A", "narrow", null, 0.5, 0.4, 0.6), new("A", "wide", null, 0.5, 0.1, 0.9)];
        var view = CellView.Of(first, RaterHabits.Of([first, second]));
        Assert.Equal((0.2 * 5 + 0.8 * 2.5) / 7.5, view.Under("int-w-agg").Value!.Value, 1e-12);
        Assert.Equal((0.2 * 1 + 0.8 * 2) / 3, view.Under("ind-int-w-agg").Value!.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => CellView.Of(first, RaterHabits.Of([])));
    }

    [Fact]
    public void One_rater_is_unchanged_by_every_pool_that_says_so()
    {
        var view = Cells.Only([new("A", "a", null, 0.3, 0.2, 0.4)]);
        foreach (var lens in Multiverse.All.Where(lens => lens.OneRater.StartsWith("unchanged", StringComparison.Ordinal)))
            Assert.Equal(0.3, lens.Pool(view).Value!.Value, 1e-12);
    }
}
