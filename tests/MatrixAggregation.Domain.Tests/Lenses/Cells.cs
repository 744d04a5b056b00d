using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests.Lenses;

/// <summary>Cells under lenses, by the lens's id.</summary>
internal static class Cells
{
    /// <summary>The only cell of a matrix.</summary>
    public static CellView Only(Rating[] ratings) => CellView.Of(ratings, RaterHabits.Of([ratings]));

    public static LensValue Under(this CellView view, string lens) => Multiverse.All.Single(one => one.Id == lens).Pool(view);

    /// <summary>One rater of an organisation of its own for each number.</summary>
    public static Rating[] OfNumbers(IEnumerable<double> numbers) =>
        Rating.InOrder(numbers.Select((number, i) => new Rating($"o{i:000}", "r", null, number)));
}
