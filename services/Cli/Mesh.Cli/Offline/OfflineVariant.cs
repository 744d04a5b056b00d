using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>The matrix with one constant of ROHL-1 changed.</summary>
/// <param name="Technique">Of the cell whose mean moves furthest; null when none moves.</param>
internal sealed record OfflineVariant(
    string Constant, double Value, int RatedCells, int ChangedVerdicts, double LargestShift, string? Technique, string? FailureMode)
{
    public static IReadOnlyList<OfflineVariant> Of(IReadOnlyList<(string Technique, string Mode, Rating[] Ratings)> cells) =>
    [
        .. from row in Sensitivity.OfMatrix([.. cells.Select(cell => cell.Ratings)])
           select new OfflineVariant(
               row.Variant.Constant, row.Variant.Value, row.Rated, row.ChangedVerdicts, row.LargestShift,
               row.At is { } at ? cells[at].Technique : null, row.At is { } there ? cells[there].Mode : null),
    ];
}

/// <summary>A cell with one constant of ROHL-1 changed; null when nobody rated it.</summary>
internal sealed record OfflineCellVariant(
    string Constant, double Value, double? Mean, double? Lower90, double? Upper90, string? Verdict)
{
    public static OfflineCellVariant Of(CellSensitivity row) => new(
        row.Variant.Constant, row.Variant.Value, row.Posterior?.Mean, row.Posterior?.Lower90, row.Posterior?.Upper90,
        row.Posterior is { } posterior ? Verdicts.Name(posterior.Verdict) : null);
}
