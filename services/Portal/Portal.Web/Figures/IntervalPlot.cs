using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>A row of an interval plot.</summary>
/// <param name="At">0..1; null without a number, and then <paramref name="Words"/> says why.</param>
public sealed record IntervalRow(string Name, double? At, double? Lower, double? Upper, CellView Cell, string Words);

/// <summary>Probabilities with their intervals, one row each.</summary>
public sealed record IntervalPlot(
    Bound Bound, string Name, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table,
    IReadOnlyList<IntervalRow> Rows)
    : Figure(Bound, Name, Title, Reads, Legend, Table, typeof(IntervalPlotPicture));
