using System.Text.Json.Serialization;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>The consensus of a ratings file, as <c>mesh aggregate</c> prints it.</summary>
/// <param name="Cells">Techniques outer, failure modes inner, each in the order in which the file first names them.</param>
/// <param name="Agreement">Left out when it was not asked for.</param>
internal sealed record OfflineMatrix(
    string Method, IReadOnlyList<OfflineCell> Cells,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OfflineAgreement? Agreement = null)
{
    /// <param name="bootstrap">Null: agreement is not asked for.</param>
    public static OfflineMatrix Of(IReadOnlyList<OfflineRow> rows, Bootstrap? bootstrap)
    {
        var ratings = OfflineSelection.Latest(rows)
            .Where(row => row.Technique is not null && row.FailureMode is not null)
            .ToLookup(row => (row.Technique!, row.FailureMode!), row => row.Rating);
        var techniques = rows.Select(row => row.Technique).OfType<string>().Distinct().ToArray();
        var modes = rows.Select(row => row.FailureMode).OfType<string>().Distinct().ToArray();
        (string Technique, string Mode)[] cells = [.. techniques.SelectMany(technique => modes.Select(mode => (technique, mode)))];
        return new OfflineMatrix(
            MatrixAggregation.Domain.Method.Rohl1,
            [.. cells.Select(cell => OfflineCell.Of(cell.Technique, cell.Mode, ratings[cell]))],
            bootstrap is { } asked ? new(AgreementReport.Of(cells.Select(cell => ratings[cell].ToArray()), asked)) : null);
    }
}

/// <summary>One cell; every number is null when nobody rated it.</summary>
internal sealed record OfflineCell(
    string Technique, string FailureMode, int Raters, int Organisations, double? Mean, double? Sd, double? Median, double? Lower90,
    double? Upper90, double? PResistant, double? PUncertain, double? PVulnerable, double? Tau, string? Verdict, string Status)
{
    public static OfflineCell Of(string technique, string failureMode, IEnumerable<Rating> ratings) =>
        Rohl1.Pool(Rating.InOrder(ratings)) is { } cell
            ? new OfflineCell(
                technique, failureMode, cell.Raters, cell.Organisations, cell.Mean, cell.Sd, cell.Median, cell.Lower90, cell.Upper90,
                cell.PResistant, cell.PUncertain, cell.PVulnerable, cell.Tau, Verdicts.Name(cell.Verdict), cell.Status)
            : new OfflineCell(
                technique, failureMode, 0, 0, null, null, null, null, null, null, null, null, null, null,
                MatrixAggregation.Domain.Status.NoData);
}
