namespace AlignmentMesh.MatrixAggregation.Domain.Lenses;

/// <summary>The counted ratings of one cell as lenses read them, prepared once for all lenses.</summary>
public sealed class CellView
{
    private readonly Rating[] _ratings;
    private readonly double[] _points;
    private readonly double[] _sorted;
    private readonly int[] _ends;
    private readonly Interval[] _intervals;

    private CellView(Rating[] ratings, RaterHabits habits, Posterior? headline, Posterior? withAiRaters)
    {
        (_ratings, Headline, WithAiRaters) = (ratings, headline, withAiRaters);
        _points = Array.ConvertAll(ratings, Observation.Point);
        _sorted = [.. _points];
        Array.Sort(_sorted);
        _ends = [.. Enumerable.Range(1, ratings.Length).Where(i =>
            i == ratings.Length || ratings[i].Organisation != ratings[i - 1].Organisation)];
        _intervals = [.. ratings.Where(Interval.IsStated).Select(rating => Interval.Of(rating, habits.Of(rating)))];
    }

    public int Raters => _ratings.Length;

    public int Organisations => _ends.Length;

    /// <summary>ROHL-1 over the counted ratings, null without any.</summary>
    public Posterior? Headline { get; }

    /// <summary>ROHL-1 over the counted ratings and those that only do not count because AI raters gave them.</summary>
    public Posterior? WithAiRaters { get; }

    internal ReadOnlySpan<Rating> Ratings => _ratings;

    /// <summary>One number per rater, in pooling order.</summary>
    internal ReadOnlySpan<double> Points => _points;

    internal ReadOnlySpan<double> Sorted => _sorted;

    /// <summary>Of the raters who state a number and both bounds.</summary>
    internal ReadOnlySpan<Interval> Intervals => _intervals;

    /// <param name="counted">One per rater, ascending by organisation and rater.</param>
    /// <param name="habits">Of the counted ratings of every cell of the matrix, this one included.</param>
    /// <param name="withAiRaters">The counted ratings and those of AI raters, in the same order; null when there are none.</param>
    /// <param name="policy">The constants of ROHL-1; null: its own.</param>
    /// <exception cref="ArgumentException">Ratings out of order, or one without verdict and number.</exception>
    public static CellView Of(
        ReadOnlySpan<Rating> counted, RaterHabits habits, Rating[]? withAiRaters = null, Rohl1Policy? policy = null) =>
        Of(counted, habits, Rohl1.Pool(counted, policy ?? Rohl1Policy.Default), withAiRaters, policy);

    internal static CellView Of(
        ReadOnlySpan<Rating> counted, RaterHabits habits, Posterior? headline, Rating[]? withAiRaters, Rohl1Policy? policy)
    {
        ArgumentNullException.ThrowIfNull(habits);
        Rating.RequireOrder(counted);
        var withAll = withAiRaters is null ? headline : Rohl1.Pool(withAiRaters, policy ?? Rohl1Policy.Default);
        return new(counted.ToArray(), habits, headline, withAll);
    }

    /// <summary>The numbers of the raters of one organisation, organisations counted from 0 in pooling order.</summary>
    internal ReadOnlySpan<double> PointsOf(int organisation) =>
        Points[(organisation == 0 ? 0 : _ends[organisation - 1]).._ends[organisation]];
}

/// <summary>A stated number with its bounds in order, and how its rater behaves over all cells.</summary>
/// <param name="Lower">At most <paramref name="Best"/>, which is at most <paramref name="Upper"/>; confidence is not looked at.</param>
internal readonly record struct Interval(double Lower, double Best, double Upper, RaterHabit Habit)
{
    /// <summary>Upper minus lower, a width of nothing being taken as 2^-52.</summary>
    public double Width => Math.Max(Lens.Smallest, Upper - Lower);

    public static bool IsStated(Rating rating) => rating is { Best: not null, Lower: not null, Upper: not null };

    public static Interval Of(Rating rating, RaterHabit habit)
    {
        var best = rating.Best!.Value;
        return new(Math.Min(best, rating.Lower!.Value), best, Math.Max(best, rating.Upper!.Value), habit);
    }
}
