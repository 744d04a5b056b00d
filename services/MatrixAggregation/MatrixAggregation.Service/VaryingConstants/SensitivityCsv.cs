using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service.VaryingConstants;

/// <summary>Sensitivity as a tidy table: one row a variant.</summary>
internal static class SensitivityCsv
{
    private const string Header =
        "study,version,constant,value,is_published,rated_cells,changed_verdicts,largest_shift,technique,failure_mode,changes";

    public static string Write(MatrixSensitivity sensitivity) => Csv.Write(Header, sensitivity.Variants.Select(variant => new[]
    {
        sensitivity.Study, Csv.Number(sensitivity.Version), variant.Constant, Csv.Number(variant.Value),
        variant.IsPublished ? "true" : "false", Csv.Number(variant.RatedCells), Csv.Number(variant.ChangedVerdicts),
        Csv.Number(variant.LargestShift), variant.Technique, variant.FailureMode, string.Join("; ", variant.Changes.Select(Text)),
    }));

    private static string Text(VerdictChange change) =>
        $"{change.Technique} x {change.FailureMode} {change.Verdict} to {change.Instead}";
}
