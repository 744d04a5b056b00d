using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>A cell with one constant of ROHL-1 changed; null when nobody rated it.</summary>
internal sealed record OfflineCellVariant(
    string Constant, double Value, double? Mean, double? Lower90, double? Upper90, string? Verdict)
{
    public static OfflineCellVariant Of(CellSensitivity row) => new(
        row.Variant.Constant, row.Variant.Value, row.Posterior?.Mean, row.Posterior?.Lower90, row.Posterior?.Upper90,
        row.Posterior is { } posterior ? Verdicts.Name(posterior.Verdict) : null);
}
