namespace AlignmentMesh.MatrixAggregation.Domain.Evaluating;

/// <summary>
/// An organisation whose raters all say the same extreme thing, sure of it: 0 or 1 with bounds of no width at 0.99 confidence.
/// </summary>
internal static class HostileRaters
{
    /// <summary>As many as the design's attack has.</summary>
    public const int Standard = 100;

    // Sorts behind any name that organisations have.
    private const string Newcomer = "\uFFFDhostile";

    /// <summary>The cell with one organisation more.</summary>
    public static Rating[] Join(Rating[] cell, double says, int raters) => Rating.InOrder(cell.Concat(Of(Newcomer, says, raters)));

    /// <summary>The cell with all raters of an organisation replaced.</summary>
    public static Rating[] Replace(Rating[] cell, string organisation, double says, int raters) => Rating.InOrder(
        cell.Where(rating => rating.Organisation != organisation).Concat(Of(organisation, says, raters)));

    private static IEnumerable<Rating> Of(string organisation, double says, int raters) => Enumerable.Range(0, raters)
        .Select(i => new Rating(organisation, $"hostile-{i:00000}", null, says, says, says, 0.99));
}
