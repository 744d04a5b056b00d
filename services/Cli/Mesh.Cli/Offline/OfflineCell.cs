using System.Text.Json.Serialization;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Domain.Lenses;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>One cell; every number is null when nobody rated it.</summary>
/// <param name="Lenses">Every lens's value by id, null where it has none.</param>
/// <param name="UndefinedLenses">Id to reason, for those without a value.</param>
/// <param name="Influence">Organisation to the mean with it minus the mean without it; null for the only one.</param>
/// <param name="Fragile">Without one of the organisations the verdict would be another one.</param>
/// <param name="Sensitivity">Left out unless asked for.</param>
internal sealed record OfflineCell(
    string Technique, string FailureMode, int Raters, int Organisations, double? Mean, double? Sd, double? Median, double? Lower90,
    double? Upper90, double? PResistant, double? PUncertain, double? PVulnerable, double? Tau, string? Verdict, string Status,
    IReadOnlyDictionary<string, double?> Lenses, IReadOnlyDictionary<string, string> UndefinedLenses, OfflineRange LensRange,
    OfflineDisagreement Disagreement, IReadOnlyDictionary<string, double?> Influence, bool Fragile,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OfflineCellVariant>? Sensitivity)
{
    public static OfflineCell Of(string technique, string failureMode, Rating[] ratings, RaterHabits habits, bool sensitivity)
    {
        var cell = CellAnalysis.Of(ratings, habits);
        var (headline, row) = (cell.Headline, cell.Multiverse);
        return new OfflineCell(
            technique, failureMode, headline?.Raters ?? 0, headline?.Organisations ?? 0, headline?.Mean, headline?.Sd, headline?.Median,
            headline?.Lower90, headline?.Upper90, headline?.PResistant, headline?.PUncertain, headline?.PVulnerable, headline?.Tau,
            headline is { } known ? Verdicts.Name(known.Verdict) : null, headline?.Status ?? MatrixAggregation.Domain.Status.NoData,
            row.Readings.ToDictionary(one => one.Lens, one => one.Value),
            row.Readings.Where(one => one.Undefined is not null).ToDictionary(one => one.Lens, one => one.Undefined!),
            new OfflineRange(row.Lowest, row.Highest, row.Defined, row.Agreeing),
            new OfflineDisagreement(
                cell.Disagreement?.Between, cell.Disagreement?.Within, cell.Disagreement?.Total, cell.Disagreement?.Ordinal),
            cell.Parts.ToDictionary(part => part.Organisation, part => part.Influence), cell.Fragile,
            sensitivity ? [.. MatrixAggregation.Domain.Sensitivity.OfCell(ratings).Select(OfflineCellVariant.Of)] : null);
    }
}

/// <summary>The lenses over the same ratings: least and greatest probability; how many beside the headline have its verdict.</summary>
internal sealed record OfflineRange(double? Lowest, double? Highest, int Defined, int Agreeing);

/// <summary>How far the raters are apart, 0..1, and the dispersion of their verdicts, 0..1.</summary>
internal sealed record OfflineDisagreement(double? Between, double? Within, double? Total, double? Ordinal);
