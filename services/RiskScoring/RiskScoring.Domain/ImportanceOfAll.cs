using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Importance of every failure mode for every portfolio, see <see cref="Importance"/>: R, R1 and R0 of all 2^n portfolios and each
/// mode, in about m (log2 m + 3) transitions.
/// </summary>
public sealed class ImportanceOfAll
{
    /// <summary>Most failure modes times portfolios: two tables of 32 MB.</summary>
    public const int LargestModel = 1 << 22;

    private readonly RiskModel _model;
    private readonly double[] _joint;
    private readonly double[] _certain;
    private readonly double[] _impossible;

    private ImportanceOfAll(RiskModel model)
    {
        var size = 1 << model.Techniques.Count;
        _model = model;
        (_joint, _certain, _impossible) = (
            new double[size], new double[size * model.FailureModes.Count], new double[size * model.FailureModes.Count]);
        FailedSets.JointOfAll(model, _joint);
        WithoutEachMode.Of(model, (j, exactly, scratch) =>
        {
            var certain = _certain.AsSpan(j * size, size);
            var impossible = _impossible.AsSpan(j * size, size);
            exactly.CopyTo(impossible);
            exactly.CopyTo(certain);
            FailedSetSteps.Fail(certain, model.Means(j));
            FailedSets.SumOverSupersets(impossible);
            FailedSets.SumOverSupersets(certain);
        });
    }

    /// <exception cref="RiskInputException">More than <see cref="LargestModel"/> failure modes times portfolios.</exception>
    public static ImportanceOfAll Of(RiskModel model)
    {
        var (n, m) = (model.Techniques.Count, model.FailureModes.Count);
        return n <= FailedSets.LargestTable && (long)m << n <= LargestModel
            ? new ImportanceOfAll(model)
            : throw new RiskInputException(
                "techniques", $"{n} long with {m} failure modes", $"failure modes times 2^techniques up to {LargestModel}");
    }

    /// <param name="portfolio">Bit mask of techniques.</param>
    /// <returns>One for each failure mode, in the model's order; ratios are null where they are undefined.</returns>
    public IReadOnlyList<FailureModeImportance> Of(int portfolio) =>
        [.. Enumerable.Range(0, _model.FailureModes.Count).Select(j => Of(j, portfolio))];

    /// <summary>
    /// Over the portfolios that can fail, the empty one left out. Rrw has no average: it is infinite where the mode is all there is;
    /// 1 - criticality is its inverse.
    /// </summary>
    public IReadOnlyList<AverageImportance> Averages()
    {
        int[] canFail = [.. Enumerable.Range(1, _joint.Length - 1).Where(portfolio => _joint[portfolio] > 0)];
        var first = First(canFail);
        return [.. _model.FailureModes.Select((mode, j) =>
        {
            FailureModeImportance[] all = [.. canFail.Select(portfolio => Of(j, portfolio))];
            double? Average(Func<FailureModeImportance, double> number) => all.Length == 0 ? null : all.Average(number);
            return new AverageImportance(
                mode, Average(one => one.Birnbaum), Average(one => one.Criticality!.Value), Average(one => one.Diagnostic!.Value),
                Average(one => one.Raw!.Value), first[j], all.Length);
        })];
    }

    /// <summary>In how many portfolios each mode has the highest criticality, or shares it; none where all are 0.</summary>
    private int[] First(int[] portfolios)
    {
        var first = new int[_model.FailureModes.Count];
        foreach (var portfolio in portfolios)
        {
            double[] criticalities = [.. first.Select((_, j) => Of(j, portfolio).Criticality!.Value)];
            var highest = criticalities.Max();
            for (var j = 0; j < first.Length; j++)
                if (highest > 0 && criticalities[j] >= highest * (1 - PortfolioMeasures.Tie)) first[j]++;
        }

        return first;
    }

    private FailureModeImportance Of(int failureMode, int portfolio)
    {
        var place = failureMode * _joint.Length + portfolio;
        return Importance.Of(
            _model.FailureModes[failureMode], _model.Likelihoods[failureMode], _joint[portfolio], _certain[place], _impossible[place]);
    }
}
