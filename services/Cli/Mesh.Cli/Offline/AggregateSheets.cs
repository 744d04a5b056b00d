using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>How <c>mesh aggregate</c> is read on a terminal.</summary>
internal static class AggregateSheets
{
    public static Sheet Cells(OfflineMatrix matrix)
    {
        var sheet = new Sheet(
            "technique", "failure mode", "mean", "90% interval", "verdict", "status", "organisations", "raters", "all methods",
            "same verdict", "most influence");
        foreach (var cell in matrix.Cells)
            sheet.Add(
                cell.Technique, cell.FailureMode, Show.Percent(cell.Mean), Interval(cell.Mean, cell.Lower90, cell.Upper90),
                cell.Verdict ?? Show.Nothing, cell.Status, Show.Count(cell.Organisations), Show.Count(cell.Raters),
                Interval(cell.Mean, cell.LensRange.Lowest, cell.LensRange.Highest),
                cell.Mean is null ? Show.Nothing : $"{cell.LensRange.Agreeing} of {cell.LensRange.Defined}", MostInfluence(cell));
        return sheet;
    }

    private static string Interval(double? mean, double? lowest, double? highest) =>
        mean is null ? Show.Nothing : $"{Show.Percent(lowest)} to {Show.Percent(highest)}";

    private static string MostInfluence(OfflineCell cell)
    {
        if (cell.Organisations < 2)
            return Show.Nothing;
        var (organisation, influence) = cell.Influence.MaxBy(pair => Math.Abs(pair.Value ?? 0));
        return $"{organisation} {Show.Points(influence)}{(cell.Fragile ? ", fragile" : "")}";
    }
}
