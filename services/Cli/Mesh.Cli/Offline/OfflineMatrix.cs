using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>The consensus of a ratings file, as <c>mesh aggregate</c> prints it.</summary>
/// <param name="Cells">Techniques outer, failure modes inner, each in the order in which the file first names them.</param>
/// <param name="Sensitivity">The matrix under other constants of ROHL-1; null and left out unless asked for.</param>
/// <param name="Agreement">Left out when it was not asked for.</param>
internal sealed record OfflineMatrix(
    string Method, IReadOnlyList<OfflineCell> Cells,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SensitivityVariant>? Sensitivity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OfflineAgreement? Agreement)
{
    /// <param name="bootstrap">Null: agreement is not asked for.</param>
    public static OfflineMatrix Of(IReadOnlyList<OfflineRow> rows, bool sensitivity, Bootstrap? bootstrap)
    {
        var ratings = OfflineSelection.Latest(rows)
            .Where(row => row.Technique is not null && row.FailureMode is not null)
            .ToLookup(row => (row.Technique!, row.FailureMode!), row => row.Rating);
        var techniques = rows.Select(row => row.Technique).OfType<string>().Distinct().ToArray();
        var modes = rows.Select(row => row.FailureMode).OfType<string>().Distinct().ToArray();
        (string Technique, string Mode, Rating[] Ratings)[] cells =
            [.. techniques.SelectMany(technique => modes.Select(mode => (technique, mode, Rating.InOrder(ratings[(technique, mode)]))))];
        var habits = RaterHabits.Of(cells.Select(cell => cell.Ratings));
        return new OfflineMatrix(
            MatrixAggregation.Domain.Method.Rohl1,
            [.. cells.Select(cell => OfflineCell.Of(cell.Technique, cell.Mode, cell.Ratings, habits, sensitivity))],
            sensitivity ? MatrixAggregation.Domain.Sensitivity.OfMatrix(
                [.. cells.Select(cell => (new Quantity(cell.Technique, cell.Mode), cell.Ratings))]) : null,
            bootstrap is { } asked ? new(AgreementReport.Of(cells.Select(cell => cell.Ratings), asked)) : null);
    }
}
