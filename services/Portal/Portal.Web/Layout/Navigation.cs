namespace AlignmentMesh.Portal.Web.Layout;

/// <summary>Where readers can go, in the order in which they see it.</summary>
internal static class Navigation
{
    /// <summary>Pages about no study in particular, by address.</summary>
    public static IReadOnlyList<(string Path, string Name)> Site { get; } =
        [("/studies", "Studies"), ("/method", "Method"), ("/glossary", "Glossary"), ("/cite", "Cite"), ("/api", "API")];

    /// <summary>Pages of a study, by their path below it.</summary>
    public static IReadOnlyList<(string Path, string Name)> Study { get; } =
    [
        ("matrix", "Matrix"), ("disagreement", "Disagreement"), ("risk", "Risk"), ("lab", "Lab"), ("compare", "Compare"),
        ("replay", "Replay"), ("audit/entries", "Audit"), ("cite", "Cite"),
    ];
}
