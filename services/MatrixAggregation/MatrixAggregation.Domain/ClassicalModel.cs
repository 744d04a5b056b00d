using MathNet.Numerics;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One question of an elicitation.</summary>
/// <param name="Assessments">Each expert's quantiles, strictly ascending, on a uniform scale.</param>
/// <param name="Realisation">The true value of a seed question; null for a question of interest.</param>
public sealed record ElicitedItem(IReadOnlyList<double[]> Assessments, double? Realisation);

/// <summary>What the seed questions say of an expert or a decision maker.</summary>
/// <param name="Calibration">P(a calibrated expert is as far off by chance), 0..1.</param>
/// <param name="Information">Mean information over the seed questions against the background, in nats.</param>
/// <param name="InformationOfAll">The same over all questions.</param>
public readonly record struct ClassicalScore(double Calibration, double Information, double InformationOfAll)
{
    /// <summary>The combined score, from which weights are made: calibration times information.</summary>
    public double Combined => Calibration * Information;
}

/// <summary>
/// Cooke's classical model (Cooke 1991, "Experts in uncertainty"; Cooke and Goossens 2008). With p the probabilities between the
/// asked quantiles, s the shares of N realisations that fell between an expert's: calibration = 1 - F(2 N sum s ln(s / p)), F the
/// chi-squared distribution with as many degrees of freedom as quantiles. An item's information is that of the expert's
/// piecewise uniform density against the uniform one on the intrinsic range, which runs from the least to the greatest of all
/// assessments and the realisation and an overshoot further: ln(U - L) + sum p ln(p / width). A decision maker is the weighted
/// mean of the experts' distribution functions, read at the asked quantiles.
/// </summary>
public sealed class ClassicalModel
{
    private readonly double[] _levels;
    private readonly double[] _probabilities;
    private readonly IReadOnlyList<ElicitedItem> _items;
    private readonly (double Low, double High)[] _ranges;

    /// <param name="levels">The asked quantiles, within 0..1 and ascending.</param>
    /// <param name="overshoot">Share of the range that is added at each end.</param>
    /// <exception cref="ArgumentException">No seed question, or quantiles that do not ascend or are not one for each level.</exception>
    public ClassicalModel(IReadOnlyList<double> levels, IReadOnlyList<ElicitedItem> items, double overshoot = 0.1)
    {
        (_levels, _items) = ([.. levels], items);
        if (items.All(item => item.Realisation is null))
            throw new ArgumentException("calibration needs at least one item with a realisation", nameof(items));
        if (items.SelectMany(item => item.Assessments).Any(quantiles => quantiles.Length != _levels.Length || !Ascends(quantiles)))
            throw new ArgumentException($"every assessment needs {_levels.Length} strictly ascending quantiles", nameof(items));
        double[] edges = [0, .. _levels, 1];
        _probabilities = [.. edges.Zip(edges.Skip(1), (low, high) => high - low)];
        _ranges = [.. items.Select(item => Range(item, overshoot))];
        var experts = Enumerable.Range(0, items[0].Assessments.Count);
        Experts = [.. experts.Select(expert => Score([.. items.Select(item => item.Assessments[expert])]))];
    }

    /// <summary>Each expert's scores.</summary>
    public IReadOnlyList<ClassicalScore> Experts { get; }

    /// <summary>Every expert alike.</summary>
    public double[][] Equal() => DecisionMaker((_, _) => 1);

    /// <summary>By the combined scores of the experts whose calibration is at least <paramref name="significance"/>.</summary>
    /// <exception cref="InvalidOperationException">No expert has a weight.</exception>
    public double[][] Global(double significance = 0) =>
        DecisionMaker((expert, _) => Experts[expert].Calibration >= significance ? Experts[expert].Combined : 0);

    /// <summary>By calibration times the information of the item itself; experts as in <see cref="Global"/>.</summary>
    /// <exception cref="InvalidOperationException">No expert has a weight on some item.</exception>
    public double[][] ByItem(double significance = 0) => DecisionMaker((expert, item) => Experts[expert].Calibration < significance
        ? 0
        : Experts[expert].Calibration * Information(item, _items[item].Assessments[expert]));

    /// <summary>The global decision maker with the significance, one of the experts' calibrations, of the best combined score.</summary>
    public double[][] OptimisedGlobal() => Experts.Select(expert => expert.Calibration).Distinct().Order().Select(Global)
        .MaxBy(decisions => Score(decisions).Combined)!;

    /// <summary>The scores of an expert or a decision maker.</summary>
    /// <param name="assessments">Quantiles of each item.</param>
    public ClassicalScore Score(IReadOnlyList<double[]> assessments)
    {
        ArgumentNullException.ThrowIfNull(assessments);
        double[] information = [.. assessments.Select((quantiles, item) => Information(item, quantiles))];
        var seeds = information.Where((_, item) => _items[item].Realisation is not null);
        return new(Calibration(BinCounts(assessments)), seeds.Average(), information.Average());
    }

    /// <summary>How many realisations fell between the quantiles; one on a quantile belongs to the bin below it.</summary>
    internal int[] BinCounts(IReadOnlyList<double[]> assessments)
    {
        var counts = new int[_probabilities.Length];
        foreach (var (item, quantiles) in _items.Zip(assessments))
            if (item.Realisation is { } realisation)
                counts[quantiles.Count(quantile => quantile < realisation)]++;
        return counts;
    }

    private double Calibration(int[] counts)
    {
        double n = counts.Sum();
        var relative = counts.Zip(_probabilities, (count, p) => count == 0 ? 0 : count / n * Math.Log(count / n / p)).Sum();

        // The upper tail by itself: 1 - F would be 0 for whoever is far off.
        return SpecialFunctions.GammaUpperRegularized(_levels.Length / 2.0, n * Math.Max(0, relative));
    }

    private double Information(int item, double[] quantiles)
    {
        var (low, high) = _ranges[item];
        double[] edges = [low, .. quantiles, high];
        return Math.Log(high - low)
            + _probabilities.Select((p, bin) => p == 0 ? 0 : p * Math.Log(p / (edges[bin + 1] - edges[bin]))).Sum();
    }

    private double[][] DecisionMaker(Func<int, int, double> weight) => [.. _items.Select((item, at) =>
    {
        double[] weights = [.. item.Assessments.Select((_, expert) => weight(expert, at))];
        var total = weights.Sum();
        if (total == 0)
            throw new InvalidOperationException($"no expert has a weight on item {at}");
        return QuantileMixture.Of(_levels, item.Assessments, Array.ConvertAll(weights, one => one / total), _ranges[at]);
    })];

    private static (double Low, double High) Range(ElicitedItem item, double overshoot)
    {
        var values = item.Assessments.SelectMany(quantiles => quantiles);
        double[] all = item.Realisation is { } realisation ? [.. values, realisation] : [.. values];
        var (low, high) = (all.Min(), all.Max());
        return (low - overshoot * (high - low), high + overshoot * (high - low));
    }

    private static bool Ascends(double[] values) => values.Zip(values.Skip(1), (low, high) => low < high).All(one => one);
}
