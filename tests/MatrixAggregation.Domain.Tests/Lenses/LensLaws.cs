using AlignmentMesh.MatrixAggregation.Domain.Lenses;
using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

public sealed class LensLaws
{
    private const int Cases = 10_000;

    private static readonly string[] Posteriors = ["rohl-1", "with-ai-raters"];

    // Their formulas read a technique that fails and one that holds differently.
    private static readonly string[] Asymmetric = ["geometric-mean", "bay-tri-var"];

    private static readonly Gen<Rating[][]> Matrix = Ratings.Cell.Array[1, 3];

    [Fact]
    public void No_lens_ever_leaves_0_to_1_or_is_undefined_without_saying_why() => Matrix.Sample(
        cells =>
        {
            var habits = RaterHabits.Of(cells);
            foreach (var cell in cells)
                foreach (var reading in Multiverse.Of(CellView.Of(cell, habits)).Readings)
                {
                    Assert.True(reading.Value is null or (>= 0 and <= 1), $"{reading}");
                    Assert.Equal(reading.Value is null, reading.Undefined == LensValue.NoBounds);
                    Assert.Equal(reading.Value is null, reading.Verdict is null);
                }
        },
        iter: Cases);

    [Fact]
    public void Every_lens_has_the_value_of_its_formula_written_out() => Matrix.Sample(
        cells =>
        {
            var habits = RaterHabits.Of(cells);
            var view = CellView.Of(cells[0], habits);
            foreach (var lens in Multiverse.All.Where(lens => !Posteriors.Contains(lens.Id)))
            {
                var (expected, actual) = (SlowLenses.Value(lens.Id, cells[0], cells), lens.Pool(view).Value);
                Assert.True(
                    expected is null ? actual is null : Math.Abs(expected.Value - actual!.Value) < 1e-9, $"{lens.Id}: {expected} {actual}");
            }
        },
        iter: 1000);

    [Fact]
    public void The_order_in_which_ratings_arrive_does_not_show_in_a_bit() => Gen.Select(Ratings.Cell, Gen.Int[0, 23]).Sample(
        (cell, turn) =>
        {
            var turned = cell.Skip(turn % cell.Length).Concat(cell.Take(turn % cell.Length)).Reverse();
            Assert.Equal(Values(cell), Values(Rating.InOrder(turned)));
        },
        iter: Cases);

    [Fact]
    public void Turning_every_judgement_round_turns_every_symmetric_lens_round() => Ratings.Cell.Sample(
        cell =>
        {
            var (view, mirrored) = (Cells.Only(cell), Cells.Only(Array.ConvertAll(cell, Ratings.Mirror)));
            foreach (var lens in Multiverse.All.Where(lens => !Asymmetric.Contains(lens.Id)))
            {
                var (value, opposite) = (lens.Pool(view).Value, lens.Pool(mirrored).Value);
                Assert.True(value is null ? opposite is null : Math.Abs(1 - value.Value - opposite!.Value) < 1e-9, $"{lens.Id} {value}");
            }
        },
        iter: Cases);

    [Fact]
    public void Cells_nobody_rated_and_cells_of_other_raters_change_nothing() => Gen.Select(Ratings.Cell, Ratings.Cell).Sample(
        (cell, other) =>
        {
            Rating[] others = [.. other.Select(rating => rating with { Organisation = $"x{rating.Organisation}" })];
            var among = CellView.Of(cell, RaterHabits.Of([[], others, cell, []]));
            Assert.Equal(Values(cell), Multiverse.Of(among).Readings.Select(reading => reading.Value));
        },
        iter: Cases);

    [Fact]
    public void What_was_superseded_or_sent_twice_might_as_well_never_have_been_sent() =>
        Gen.Select(Ratings.Cell, Ratings.Judgement, Gen.Int[0, 23]).Sample(
            (cell, earlier, which) =>
            {
                var again = cell[which % cell.Length];
                OfflineRow Row(int round, Rating rating) => new("T", "M", round, null, Withdrawn: false, rating);
                var latest = OfflineSelection.Latest(
                [
                    .. cell.Select(rating => Row(2, rating)), Row(2, again),
                    Row(1, earlier with { Organisation = again.Organisation, Rater = again.Rater }),
                ]);
                Assert.Equal(Rohl1.Pool(cell), Rohl1.Pool(Rating.InOrder(latest.Select(row => row.Rating))));
            },
            iter: Cases);

    [Fact]
    public void Without_AI_raters_the_lens_with_them_is_the_headline() => Ratings.Cell.Sample(
        cell => Assert.Equal(Cells.Only(cell).Under("rohl-1"), Cells.Only(cell).Under("with-ai-raters")), iter: 100);

    private static double?[] Values(Rating[] cell) => [.. Multiverse.Of(Cells.Only(cell)).Readings.Select(reading => reading.Value)];
}
