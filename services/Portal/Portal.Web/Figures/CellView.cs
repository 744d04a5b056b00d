namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>How one cell of a matrix is drawn, the same in every picture and on every page.</summary>
/// <param name="Text">The printed number, from which the swatch was chosen.</param>
/// <param name="Words">What the drawing says, in words, beginning with the printed number.</param>
/// <param name="Size">Side of the square in per cent of the most there can be: how sure the number is.</param>
/// <param name="IsContested">Drawn hatched and with a sign.</param>
/// <param name="IsThin">Rests on few raters: drawn with a dashed outline.</param>
public sealed record CellView(
    string Text, string Words, Swatch Swatch, int Size = 100, bool IsContested = false, bool IsThin = false, string? Sub = null,
    string? Href = null, bool IsMarked = false)
{
    public bool IsEmpty => ReferenceEquals(Swatch, Palette.None);
}

/// <summary>A row or column of a matrix.</summary>
public sealed record Heading(string Id, string Name, string? Href = null);
