namespace AlignmentMesh.Portal.Web.Words;

/// <summary>
/// The lenses in words. What a lens computes, and which there are, is matrix-aggregation's affair: an id not here is shown as it is.
/// </summary>
public static class Lenses
{
    /// <summary>The two that every version is published under.</summary>
    public static IReadOnlyList<(string Id, string Name)> Published { get; } =
        [(Links.Headline, "ROHL-1, the headline"), ("crisp", "Crisp: verdicts as 1, 1/2, 0")];

    public static IReadOnlyList<(string Id, string Name)> All { get; } =
    [
        .. Published, ("with-ai-raters", "ROHL-1 with AI raters counted"), ("arithmetic-mean", "Mean of raters"),
        ("organisation-balanced-mean", "Mean of organisation means"), ("median-of-organisations", "Median of organisation medians"),
        ("median-of-organisation-means", "Median of organisation means"), ("median", "Median of raters"),
        ("trimmed-mean-10", "Mean without the outer tenths"), ("geometric-mean", "Geometric mean"),
        ("geometric-mean-of-odds", "Geometric mean of odds"), ("log-odds-mean", "Mean of log-odds"), ("probit-mean", "Mean of probits"),
        ("neyman-extremised-odds", "Odds, extremised"), ("beta-ar-mean", "Mean through a Beta, extremised"),
        ("bay-tri-var", "Bayes, three variances"), ("distrib-ar-mean", "Mean of raters' distributions"),
        ("int-w-agg", "Weights by interval width"), ("ind-int-w-agg", "Weights by own interval widths"),
        ("verdict-dirichlet", "Dirichlet of verdicts"),
    ];

    public static bool IsPublished(string id) => Published.Any(lens => lens.Id == id);

    public static string Name(string id) => All.FirstOrDefault(lens => lens.Id == id) is { Name: { } name } ? name : id;
}
