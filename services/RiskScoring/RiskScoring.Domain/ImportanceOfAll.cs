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
        var portfolios = _joint.AsSpan(1).Length - _joint.AsSpan(1).Count(0.0);
        var first = First();
        return [.. _model.FailureModes.Select((mode, j) =>
        {
            var (likelihood, birnbaum, criticality, raw) = (_model.Likelihoods[j], 0.0, 0.0, 0.0);
            for (var portfolio = 1; portfolio < _joint.Length; portfolio++)
            {
                if (_joint[portfolio] == 0) continue;
                birnbaum += Birnbaum(j, portfolio);
                criticality += likelihood * Birnbaum(j, portfolio) / _joint[portfolio];
                raw += _certain[j * _joint.Length + portfolio] / _joint[portfolio];
            }

            double? Average(double sum) => portfolios == 0 ? null : sum / portfolios;
            return new AverageImportance(
                mode, Average(birnbaum), Average(criticality), Average(likelihood * raw), Average(raw), first[j], portfolios);
        })];
    }

    /// <summary>In how many portfolios each mode has the highest criticality, or shares it; none where all are 0.</summary>
    private int[] First()
    {
        var first = new int[_model.FailureModes.Count];
        for (var portfolio = 1; portfolio < _joint.Length; portfolio++)
        {
            // Within a portfolio criticality goes as likelihood times Birnbaum's measure, which is 0 where nothing can fail.
            var highest = 0.0;
            for (var j = 0; j < first.Length; j++) highest = Math.Max(highest, _model.Likelihoods[j] * Birnbaum(j, portfolio));
            if (highest == 0) continue;
            for (var j = 0; j < first.Length; j++)
                if (_model.Likelihoods[j] * Birnbaum(j, portfolio) >= highest * (1 - PortfolioMeasures.Tie)) first[j]++;
        }

        return first;
    }

    /// <summary>R1 - R0: R never falls as a likelihood rises; two roundings may say so.</summary>
    private double Birnbaum(int failureMode, int portfolio) => Math.Max(
        0, _certain[failureMode * _joint.Length + portfolio] - _impossible[failureMode * _joint.Length + portfolio]);

    private FailureModeImportance Of(int failureMode, int portfolio)
    {
        var place = failureMode * _joint.Length + portfolio;
        return Importance.Of(
            _model.FailureModes[failureMode], _model.Likelihoods[failureMode], _joint[portfolio], _certain[place], _impossible[place]);
    }
}
