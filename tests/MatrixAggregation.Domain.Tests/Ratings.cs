using CsCheck;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>Generated ratings of one cell.</summary>
internal static class Ratings
{
    /// <summary>Any judgement a rater may state: a verdict, a number, a number with bounds in any order, or both.</summary>
    public static readonly Gen<Rating> Judgement = Gen.Select(
        Gen.Int[0, 3], Gen.Enum<Verdict>(), Probability(), Probability(), Probability(), Gen.Double[0.5, 0.99],
        (shape, verdict, best, lower, upper, confidence) => shape switch
        {
            0 => new Rating("", "", verdict),
            1 => new Rating("", "", null, best),
            2 => new Rating("", "", null, best, lower, upper, confidence),
            _ => new Rating("", "", verdict, best, lower, upper),
        });

    /// <summary>1 to 6 organisations of 1 to 4 raters each, in pooling order.</summary>
    public static readonly Gen<Rating[]> Cell = Judgement.Array[1, 4].Array[1, 6].Select(organisations => Rating.InOrder(
        organisations.SelectMany((raters, o) => raters.Select((rating, r) => rating with { Organisation = $"o{o}", Rater = $"r{r}" }))));

    public static Rating Mirror(Rating rating) => rating with
    {
        Verdict = rating.Verdict switch
        {
            Verdict.Resistant => Verdict.Vulnerable,
            Verdict.Vulnerable => Verdict.Resistant,
            var other => other,
        },
        Best = 1 - rating.Best,
        Lower = 1 - rating.Upper,
        Upper = 1 - rating.Lower,
    };

    // At most nine digits after the point, as intake takes them.
    private static Gen<double> Probability() => Gen.Int[0, 1_000_000_000].Select(billionths => billionths / 1e9);
}
