using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>A row of a bar chart.</summary>
/// <param name="Parts">Lengths from left to right, each 0..1, and their colours.</param>
/// <param name="Text">The printed number.</param>
/// <param name="Detail">More in words.</param>
public sealed record Bar(string Name, IReadOnlyList<(double Length, string Color)> Parts, string Text, string Detail);

/// <summary>Shares of a whole, one row each.</summary>
public sealed record BarChart(
    Bound Bound, string Name, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table, IReadOnlyList<Bar> Bars)
    : Figure(Bound, Name, Title, Reads, Legend, Table, typeof(BarChartPicture));
