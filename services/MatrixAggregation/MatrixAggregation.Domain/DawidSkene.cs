namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One observer's label of one item, all counted from 0; an observer may label an item more than once.</summary>
public readonly record struct ObserverLabel(int Item, int Observer, int Class);

/// <summary>
/// Maximum likelihood of true classes and observers' error rates, by EM (Dawid and Skene 1979, "Maximum likelihood estimation of
/// observer error-rates using the EM algorithm", Applied Statistics 28, 20). It starts from each item's shares of labels, as the
/// paper does, so it has no random start; it finds a local maximum. For labels of things that have a true class: cells of a
/// matrix of judgements have none that is known, and the headline does not use it.
/// </summary>
/// <param name="Marginals">p_k, the share of each class.</param>
/// <param name="ErrorRates">
/// [observer][true class][label]: pi_jkl = sum_i T_ik n_ijl / sum_il T_ik n_ijl; a row of zeros where no item may be of the class.
/// </param>
/// <param name="Posteriors">[item][class]: T_ik, proportional to p_k prod_jl pi_jkl ^ n_ijl.</param>
/// <param name="LogLikelihoods">After each step; never decreasing but for rounding.</param>
/// <param name="Iterations">Steps that moved some posterior by the tolerance or more.</param>
/// <param name="Converged">The last step moved none so far.</param>
public sealed record DawidSkene(
    IReadOnlyList<double> Marginals, IReadOnlyList<double[][]> ErrorRates, IReadOnlyList<double[]> Posteriors,
    IReadOnlyList<double> LogLikelihoods, int Iterations, bool Converged)
{
    /// <summary>Each item's most probable class, the first of equals.</summary>
    public IReadOnlyList<int> Classes => [.. Posteriors.Select(posterior => Array.IndexOf(posterior, posterior.Max()))];

    /// <param name="labels">Items and observers are numbered without gaps: every item has a label.</param>
    /// <exception cref="ArgumentException">No labels, a class outside 0..classes - 1, or an item without label.</exception>
    public static DawidSkene Fit(IReadOnlyList<ObserverLabel> labels, int classes, double tolerance = 1e-13, int mostSteps = 10_000)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSteps, 1);
        // On a saddle the last bit decides where EM goes, so the order in which labels are given must not show in it.
        labels = [.. labels.OrderBy(label => label.Item).ThenBy(label => label.Observer).ThenBy(label => label.Class)];
        var posteriors = Shares(labels, classes);
        var observers = labels.Max(label => label.Observer) + 1;
        var logLikelihoods = new List<double>();
        while (true)
        {
            var marginals = Marginal(posteriors, classes);
            var errors = Errors(labels, posteriors, observers, classes);
            var (next, logLikelihood) = Expect(labels, marginals, errors, posteriors.Length);
            logLikelihoods.Add(logLikelihood);
            var moved = posteriors.Zip(next, (before, after) => before.Zip(after, (a, b) => Math.Abs(a - b)).Max()).Max();
            posteriors = next;
            if (moved < tolerance || logLikelihoods.Count == mostSteps)
                return new(
                    marginals, errors, posteriors, logLikelihoods, logLikelihoods.Count - (moved < tolerance ? 1 : 0), moved < tolerance);
        }
    }

    private static double[][] Shares(IReadOnlyList<ObserverLabel> labels, int classes)
    {
        if (labels.Count == 0 || labels.Any(label => label.Class < 0 || label.Class >= classes || label.Item < 0 || label.Observer < 0))
            throw new ArgumentException($"at least one label is needed, each with a class from 0 to {classes - 1}", nameof(labels));
        var counts = Rows(labels.Max(label => label.Item) + 1, classes);
        foreach (var label in labels)
            counts[label.Item][label.Class]++;
        if (Array.FindIndex(counts, row => row.Sum() == 0) is >= 0 and var unlabelled)
            throw new ArgumentException($"item {unlabelled} has no label", nameof(labels));
        return Array.ConvertAll(counts, Normalised);
    }

    private static double[] Marginal(double[][] posteriors, int classes) =>
        [.. Enumerable.Range(0, classes).Select(k => posteriors.Sum(posterior => posterior[k]) / posteriors.Length)];

    private static double[][][] Errors(IReadOnlyList<ObserverLabel> labels, double[][] posteriors, int observers, int classes)
    {
        double[][][] errors = [.. Enumerable.Range(0, observers).Select(_ => Rows(classes, classes))];
        foreach (var label in labels)
            for (var k = 0; k < classes; k++)
                errors[label.Observer][k][label.Class] += posteriors[label.Item][k];
        return Array.ConvertAll(errors, observer => Array.ConvertAll(observer, Normalised));
    }

    // Scaled to the sum 1 after every label, so that products of many labels do not vanish.
    private static (double[][] Posteriors, double LogLikelihood) Expect(
        IReadOnlyList<ObserverLabel> labels, double[] marginals, double[][][] errors, int items)
    {
        double[][] posteriors = [.. Enumerable.Range(0, items).Select(_ => (double[])marginals.Clone())];
        var logLikelihood = 0.0;
        foreach (var label in labels)
        {
            var posterior = posteriors[label.Item];
            for (var k = 0; k < marginals.Length; k++)
                posterior[k] *= errors[label.Observer][k][label.Class];
            logLikelihood += Math.Log(posterior.Sum());
            posteriors[label.Item] = Normalised(posterior);
        }

        return (posteriors, logLikelihood);
    }

    private static double[] Normalised(double[] row)
    {
        var sum = row.Sum();
        return sum == 0 ? row : Array.ConvertAll(row, value => value / sum);
    }

    private static double[][] Rows(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
