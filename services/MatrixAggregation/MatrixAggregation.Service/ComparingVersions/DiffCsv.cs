using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.ComparingVersions;

/// <summary>Changes as a tidy table: one row a cell, likelihood or safety tax.</summary>
internal static class DiffCsv
{
    private const string Header =
        "study,a,b,lens,kind,technique,failure_mode,before,after,shift,lower90_before,upper90_before,lower90_after,upper90_after," +
        "verdict_before,verdict_after,status_before,status_after,cause_count,causes";

    public static string Write(MatrixDiff diff) => Csv.Write(
        Header,
        diff.Cells.Select(cell => Row(diff, cell))
            .Concat(diff.Likelihoods.Select(change => Row(diff, "likelihood", null, change.Id, change)))
            .Concat(diff.SafetyTaxes.Select(change => Row(diff, "safety_tax", change.Id, null, change))));

    private static string?[] Row(MatrixDiff diff, CellChange change) =>
    [
        diff.Study, Csv.Number(diff.A.Version), Csv.Number(diff.B.Version), diff.Lens, "cell", change.Technique, change.FailureMode,
        Csv.Number(change.Before?.Mean), Csv.Number(change.After.Mean), Csv.Number(change.MeanShift), Csv.Number(change.Before?.Lower90),
        Csv.Number(change.Before?.Upper90), Csv.Number(change.After.Lower90), Csv.Number(change.After.Upper90), change.Before?.Verdict,
        change.After.Verdict, change.Before?.Status, change.After.Status, Csv.Number(change.CauseCount), Causes(change.Causes),
    ];

    private static string?[] Row(MatrixDiff diff, string kind, string? technique, string? failureMode, QuantityChange change) =>
    [
        diff.Study, Csv.Number(diff.A.Version), Csv.Number(diff.B.Version), diff.Lens, kind, technique, failureMode,
        Csv.Number(change.Before?.Value), Csv.Number(change.After.Value), Csv.Number(change.Shift), null, null, null, null, null, null,
        null, null, Csv.Number(change.CauseCount), Causes(change.Causes),
    ];

    private static string Causes(IReadOnlyList<long> indexes) => string.Join(' ', indexes.Select(Csv.Number));
}
