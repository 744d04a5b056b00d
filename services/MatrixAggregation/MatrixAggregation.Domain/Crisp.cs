namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// Lens <c>crisp</c>: mean over organisations of the mean over raters of the verdicts as 1 (vulnerable), 0.5, 0 (resistant);
/// the verdict is the stated one, otherwise read off the number (cuts 1/3 and 2/3). The way the first table was used.
/// </summary>
/// <param name="Mean">0..1, the higher the more vulnerable.</param>
/// <param name="Verdict">Read off the mean.</param>
/// <param name="Status">As in ROHL-1, from the disagreement of the organisations' means alone: there is no posterior.</param>
public readonly record struct Crisp(int Raters, int Organisations, double Mean, Verdict Verdict, string Status)
{
    /// <summary>The crisp consensus of one cell, or null when nothing was rated.</summary>
    /// <param name="ratings">One per rater, ascending by organisation and rater.</param>
    public static Crisp? Pool(ReadOnlySpan<Rating> ratings)
    {
        Rating.RequireOrder(ratings);
        if (ratings.IsEmpty)
            return null;
        double sum = 0, squares = 0;
        var organisations = 0;
        for (var from = 0; from < ratings.Length; organisations++)
        {
            var mean = MeanFrom(ratings, ref from);
            sum += mean;
            squares += mean * mean;
        }

        var consensus = sum / organisations;
        var between = 4 * (squares / organisations - consensus * consensus);
        return new(
            ratings.Length, organisations, consensus, Verdicts.OfProbability(consensus), Domain.Status.Of(organisations, 0, 0, between));
    }

    private static double MeanFrom(ReadOnlySpan<Rating> ratings, ref int from)
    {
        var (organisation, sum, raters) = (ratings[from].Organisation, 0.0, 0);
        for (; from < ratings.Length && ratings[from].Organisation == organisation; from++, raters++)
            sum += Score(Observation.OrdinalVerdict(ratings[from]));
        return sum / raters;
    }

    private static double Score(Verdict verdict) => verdict switch
    {
        Verdict.Resistant => 0,
        Verdict.Uncertain => 0.5,
        _ => 1,
    };
}
