using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>A portfolio's cells by what they are worth knowing: see <see cref="CellImportances"/>.</summary>
internal static class CellLeverages
{
    /// <summary>The cells of the largest derivatives, the largest first.</summary>
    /// <param name="intervals">Of cells that are not taken as certain; those of other techniques are passed over.</param>
    /// <param name="ranges">For how many of the listed cells the ends of the interval are computed.</param>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques, or too much work.</exception>
    internal static IReadOnlyList<CellLeverage> Of(RiskModel portfolio, IReadOnlyList<CellInterval> intervals, int most, int ranges)
    {
        var listed = CellImportances.Of(portfolio).OrderByDescending(cell => cell.Derivative).Take(most).ToList();
        var places = listed.Take(ranges).Select(cell => (cell.Technique, cell.FailureMode)).ToHashSet();
        var known = CellImportances
            .Ranges(portfolio, [.. intervals.Where(cell => places.Contains((cell.Technique, cell.FailureMode)))])
            .ToDictionary(range => (range.Technique, range.FailureMode));
        return [.. listed.Select(cell =>
        {
            var (i, j) = portfolio.PlaceOf(cell.Technique, cell.FailureMode);
            var range = known.GetValueOrDefault((cell.Technique, cell.FailureMode));
            return new CellLeverage(
                cell.Technique, cell.FailureMode, portfolio.Means(j)[i], cell.Derivative, range?.Interval, range?.Joint);
        })];
    }
}
