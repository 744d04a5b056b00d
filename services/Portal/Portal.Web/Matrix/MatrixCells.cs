using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Matrix;

/// <summary>How a cell of the consensus is drawn in each view. Swatches follow the printed number, so that no two figures differ.</summary>
internal static class MatrixCells
{
    /// <summary>Fewer raters than this are drawn as thin.</summary>
    public const int FewRaters = 3;

    /// <summary>Widths of the printed 90 % interval, in points, at which a square gets a step smaller.</summary>
    private static readonly int[] Widths = [20, 30, 45];

    private static readonly int[] Sizes = [100, 88, 75, 62];

    public static CellView Value(ConsensusCell cell, string? href = null)
    {
        if (cell.Mean is not { } mean) return Empty(cell, href);
        return new CellView(
            Show.Percent(mean), Words(cell), Step(mean), Size(cell), cell.Status == "contested", cell.Raters < FewRaters, Href: href);
    }

    /// <summary>The swatch of a probability as it is printed.</summary>
    public static Swatch Step(double mean) => Palette.Step(Palette.Value, Show.WholePercent(mean), 20, 40, 60, 80);

    public static CellView Disagreement(ConsensusCell cell, DisagreementFigures? figures, string? href = null)
    {
        if (figures is null) return Empty(cell, href);
        var text = Show.Percent(figures.Total);
        var words = $"{text} of the most there can be, {Show.Percent(figures.Between)} of it between organisations; {Basis(cell)}";
        return new CellView(
            text, words, Palette.Step(Palette.Disagreement, Show.WholePercent(figures.Total), 5, 10, 20, 35),
            IsContested: cell.Status == "contested", IsThin: cell.Raters < FewRaters, Href: href);
    }

    public static CellView Coverage(ConsensusCell cell, string? href = null)
    {
        if (cell.Raters == 0) return Empty(cell, href);
        return new CellView(
            Show.Count(cell.Raters), Basis(cell), Palette.Step(Palette.Coverage, cell.Raters, 2, FewRaters, 6, 10),
            IsThin: cell.Raters < FewRaters, Sub: Show.Count(cell.Organisations, "org"), Href: href);
    }

    /// <param name="change">Null when the cell is the same in both versions.</param>
    public static CellView Change(ConsensusCell cell, CellChange? change, string? href = null)
    {
        if (cell.Mean is not { } mean) return Empty(cell, href);
        if (change is null) return new CellView("·", $"no change, {Show.Percent(mean)}", Palette.Change[2], 62, Href: href);
        if (Show.Moved(change.Before?.Mean, mean) is not { } points)
            return new CellView(Show.Percent(mean), $"{Words(cell)}, new", Palette.Change[2], Sub: "new", Href: href);
        var text = Show.Points(points);
        var words = $"{text} points, from {Show.Percent(change.Before?.Mean)} to {Show.Percent(mean)}"
            + (change.VerdictChanged ? $", now {cell.Verdict}" : "");
        return new CellView(
            text, words, Palette.Step(Palette.Change, points, -20, -4, 5, 21), IsMarked: change.VerdictChanged,
            Href: href);
    }

    /// <summary>Everything about the cell in one phrase that begins with the printed number.</summary>
    public static string Words(ConsensusCell cell) => cell.Mean is null
        ? $"–, {Reason(cell)}"
        : string.Join(", ", Parts(cell));

    public static string Reason(ConsensusCell cell) => cell switch
    {
        { Stale: > 0 } => $"{Show.Count(cell.Stale, "rating")} await being given again since a definition changed",
        { Raters: 0 } => "not rated yet",
        _ => "this lens has no number for it",
    };

    public static string Interval(ConsensusCell cell) =>
        cell is { Lower90: { } low, Upper90: { } high } ? $"{Show.Percent(low)} to {Show.Percent(high)}" : "–";

    public static string Basis(ConsensusCell cell) =>
        $"{Show.Count(cell.Raters, "rater")} of {Show.Count(cell.Organisations, "organisation")}";

    private static IEnumerable<string> Parts(ConsensusCell cell)
    {
        yield return Show.Percent(cell.Mean);
        if (cell.Verdict is { } verdict) yield return verdict;
        if (cell.Status == "contested") yield return "contested";
        if (cell.Lower90 is not null) yield return $"90% interval {Interval(cell)}";
        yield return Basis(cell);
        if (cell.Stale > 0) yield return $"{Show.Count(cell.Stale, "rating")} not counted since a definition changed";
    }

    private static int Size(ConsensusCell cell) => cell is { Lower90: { } low, Upper90: { } high }
        ? Sizes[Widths.Count(width => Show.WholePercent(high) - Show.WholePercent(low) >= width)]
        : Sizes[0];

    private static CellView Empty(ConsensusCell cell, string? href) => new("–", $"–, {Reason(cell)}", Palette.None, Href: href);
}
