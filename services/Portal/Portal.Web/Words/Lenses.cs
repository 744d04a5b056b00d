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
        .. Published, ("arithmetic-mean", "Mean of raters"), ("organisation-balanced-mean", "Mean of organisation means"),
        ("median-of-organisations", "Median of organisation medians"), ("median-of-raters", "Median of raters"),
        ("geometric-mean-of-odds", "Geometric mean of odds"), ("with-ai-raters", "ROHL-1 with AI raters counted"),
    ];

    public static string Name(string id) => All.FirstOrDefault(lens => lens.Id == id) is { Name: { } name } ? name : id;
}
