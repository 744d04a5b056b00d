using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// What happened to a cell from one round to a later one. A description: convergence alone is never a reason to stop asking, since
/// groups may converge on different answers.
/// </summary>
/// <param name="Shift">Organisation-balanced mean of the later round minus that of the earlier; null when a round has no ratings.</param>
/// <param name="TotalRatio">Total disagreement of the later round over that of the earlier (<see cref="CellDisagreement"/>).</param>
/// <param name="Herding">
/// Least-squares slope of (B2 - B1) on (median of the others' B1 - B1) over those who rated in both rounds: 0 when nobody moves
/// towards the others, 1 when everybody goes all the way.
/// </param>
/// <param name="Undefined">Field name to reason, for every field that is null.</param>
public sealed record RoundChange(double? Shift, double? TotalRatio, double? Herding, IReadOnlyDictionary<string, string> Undefined)
{
    /// <summary>Everybody agreed in the earlier round, so there is nothing to divide by.</summary>
    public const string NoDisagreementBefore = "no_disagreement_before";

    /// <summary>Fewer than two raters rated in both rounds.</summary>
    public const string TooFewRaters = "too_few_raters";

    /// <summary>Everybody was equally far from the others.</summary>
    public const string NoVariation = "no_variation";

    /// <summary>As it is published.</summary>
    internal ChangeFigures Figures => new(
        Shift, TotalRatio, Herding, Undefined.ToDictionary(pair => char.ToLowerInvariant(pair.Key[0]) + pair.Key[1..], pair => pair.Value));

    /// <param name="before">The ratings that count up to the earlier round, one per rater, ascending by organisation and rater.</param>
    /// <param name="after">The same up to the later round.</param>
    /// <param name="policy">Where verdicts without a number lie, in both rounds; null: as ROHL-1 has it.</param>
    public static RoundChange Of(IReadOnlyList<Rating> before, IReadOnlyList<Rating> after, Rohl1Policy? policy = null)
    {
        Rating[] first = [.. before], second = [.. after];
        var undefined = new Dictionary<string, string>();
        double? shift = null, ratio = null;
        if (CellDisagreement.Of(first, policy) is { } early && CellDisagreement.Of(second, policy) is { } late)
        {
            shift = Mean(second) - Mean(first);
            if (early.Total > 0)
                ratio = late.Total / early.Total;
            else
                undefined[nameof(TotalRatio)] = NoDisagreementBefore;
        }
        else
            undefined[nameof(Shift)] = undefined[nameof(TotalRatio)] = LensValue.NoData;

        var (herding, reason) = Slope(first, second);
        if (reason is not null)
            undefined[nameof(Herding)] = reason;
        return new(shift, ratio, herding, undefined);
    }

    private static double Mean(Rating[] ratings) => ratings
        .GroupBy(rating => rating.Organisation)
        .Select(own => own.Average(Observation.Point))
        .Average();

    private static (double? Slope, string? Reason) Slope(Rating[] first, Rating[] second)
    {
        var later = second.ToDictionary(rating => (rating.Organisation, rating.Rater), Observation.Point);
        double[] points = [.. first.Select(Observation.Point)];
        List<(double Pull, double Move)> pairs = [];
        for (var i = 0; i < first.Length; i++)
            if (first.Length > 1 && later.TryGetValue((first[i].Organisation, first[i].Rater), out var now))
                pairs.Add((Medians.Of([.. points[..i], .. points[(i + 1)..]]) - points[i], now - points[i]));
        if (pairs.Count < 2)
            return (null, TooFewRaters);
        var (pull, move) = (pairs.Average(pair => pair.Pull), pairs.Average(pair => pair.Move));
        double squares = 0, products = 0;
        foreach (var pair in pairs)
        {
            squares += (pair.Pull - pull) * (pair.Pull - pull);
            products += (pair.Pull - pull) * (pair.Move - move);
        }

        return pairs.All(pair => pair.Pull == pairs[0].Pull) ? (null, NoVariation) : (products / squares, null);
    }
}
