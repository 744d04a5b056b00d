using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>A matrix of cells with a number each.</summary>
/// <param name="Cells">Rows outer, columns inner.</param>
public sealed record Heatmap(
    Bound Bound, string Name, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table,
    IReadOnlyList<Heading> Rows, IReadOnlyList<Heading> Columns, IReadOnlyList<IReadOnlyList<CellView>> Cells)
    : Figure(Bound, Name, Title, Reads, Legend, Table, typeof(HeatmapPicture))
{
    /// <summary>More columns are drawn small and named by their ids.</summary>
    public const int MostWide = 10;

    public bool IsDense => Columns.Count > MostWide;
}
