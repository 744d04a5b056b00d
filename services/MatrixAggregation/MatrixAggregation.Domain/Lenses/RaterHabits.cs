namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>What some lenses must know of a rater beyond the cell: how wide and how varied this rater's judgements are anywhere.</summary>
/// <param name="WidestInterval">Upper minus lower, the greatest over the rater's cells with bounds; 2^-52 instead of nothing.</param>
/// <param name="Spread">Sample standard deviation of the rater's numbers over cells; 2^-52 for one cell or equal numbers.</param>
public readonly record struct RaterHabit(double WidestInterval, double Spread);

/// <summary>The habits of every rater of a matrix.</summary>
public sealed class RaterHabits
{
    private readonly Dictionary<RaterKey, RaterHabit> _habits;

    private RaterHabits(Dictionary<RaterKey, RaterHabit> habits) => _habits = habits;

    /// <param name="cells">The counted ratings of every cell, always in the same order: sums run over it.</param>
    /// <exception cref="ArgumentException">A rating without verdict and number.</exception>
    public static RaterHabits Of(IEnumerable<Rating[]> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var judgements = new Dictionary<RaterKey, List<Rating>>();
        foreach (var rating in cells.SelectMany(cell => cell))
        {
            var key = new RaterKey(rating.Organisation, rating.Rater);
            if (!judgements.TryGetValue(key, out var own))
                judgements[key] = own = [];
            own.Add(rating);
        }

        return new(judgements.ToDictionary(pair => pair.Key, pair => HabitOf(pair.Value)));
    }

    /// <summary>Sample standard deviation, never less than 2^-52.</summary>
    internal static double Spread(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return Lens.Smallest;
        double sum = 0, squares = 0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Max(Lens.Smallest, Math.Sqrt(squares / (values.Length - 1)));
    }

    /// <exception cref="ArgumentException">The rater rated none of the cells.</exception>
    internal RaterHabit Of(Rating rating) => _habits.TryGetValue(new(rating.Organisation, rating.Rater), out var habit)
        ? habit
        : throw new ArgumentException($"'{rating.Organisation}/{rating.Rater}' rated none of the cells that habits were taken from");

    private static RaterHabit HabitOf(List<Rating> ratings)
    {
        var widest = Lens.Smallest;
        foreach (var rating in ratings)
            if (Interval.IsStated(rating))
                widest = Math.Max(widest, Interval.Of(rating, default).Width);
        return new(widest, Spread([.. ratings.Select(Observation.Point)]));
    }
}
