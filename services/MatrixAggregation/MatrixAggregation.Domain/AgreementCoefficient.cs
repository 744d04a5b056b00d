namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>A coefficient of agreement on categories, corrected for chance: (p_a - p_e) / (1 - p_e).</summary>
/// <param name="Value">At most 1; null when undefined.</param>
/// <param name="Undefined">Null, or why there is no value: one of <see cref="Domain.Undefined"/>.</param>
/// <param name="Observed">p_a, the mean over units of the weighted share of agreeing pairs of judgements; null without pairs.</param>
/// <param name="Expected">p_e, the agreement that chance would give under the coefficient's model; null without pairs.</param>
/// <param name="StandardError">
/// Linearised standard error over units (Gwet 2008); null when undefined, for fewer than two units, and for Conger's kappa.
/// </param>
public readonly record struct AgreementCoefficient(
    double? Value, string? Undefined, double? Observed, double? Expected, double? StandardError)
{
    /// <summary>
    /// Kappa of Fleiss (1971, "Measuring nominal scale agreement among many raters"), with missing values as in Gwet (2014):
    /// p_e = sum_kl w_kl pi_k pi_l, pi_k the mean over units of the share of k. Scott's pi for two raters.
    /// </summary>
    /// <param name="counts">One row a unit: how many coders chose each category.</param>
    /// <param name="weights">One of <see cref="AgreementWeights"/>.</param>
    public static AgreementCoefficient Fleiss(IReadOnlyList<int[]> counts, double[][] weights) =>
        Judged.Of(counts, weights) is not { } judged ? None : judged.Coefficient(judged.Chosen);

    /// <summary>
    /// AC1 with identity weights, otherwise AC2, of Gwet (2008, "Computing inter-rater reliability and its variance in the
    /// presence of high agreement"; 2014): p_e = T / (q (q - 1)) sum_k pi_k (1 - pi_k), T the sum of the weights.
    /// </summary>
    /// <inheritdoc cref="Fleiss"/>
    public static AgreementCoefficient Gwet(IReadOnlyList<int[]> counts, double[][] weights) =>
        Judged.Of(counts, weights) is not { } judged ? None : judged.Coefficient(judged.Doubtful);

    /// <summary>Brennan and Prediger (1981): chance chooses every category equally, p_e = T / q^2.</summary>
    /// <inheritdoc cref="Fleiss"/>
    public static AgreementCoefficient BrennanPrediger(IReadOnlyList<int[]> counts, double[][] weights) =>
        Judged.Of(counts, weights) is not { } judged ? None : judged.Coefficient(judged.Uniform);

    /// <summary>
    /// Conger (1980), Cohen's kappa for two coders: chance keeps each coder's own shares p_gk, p_e = the mean over pairs of
    /// coders g and h of sum_kl w_kl p_gk p_hl.
    /// </summary>
    /// <param name="codes">One row a unit, one column a coder: the category from 0, or null.</param>
    /// <param name="weights">One of <see cref="AgreementWeights"/>.</param>
    public static AgreementCoefficient Conger(IReadOnlyList<int?[]> codes, double[][] weights)
    {
        ArgumentNullException.ThrowIfNull(codes);
        int[][] counts = [.. codes.Select(unit => Counts(unit, weights.Length))];
        if (Judged.Of(counts, weights) is not { } judged)
            return None;
        double[][] coders =
        [
            .. Enumerable.Range(0, codes[0].Length).Select(coder => Counts([.. codes.Select(unit => unit[coder])], weights.Length))
                .Where(chosen => chosen.Sum() > 0).Select(chosen => chosen.Select(count => (double)count / chosen.Sum()).ToArray()),
        ];
        var pairs = coders.SelectMany((g, at) => coders.Where((_, other) => other != at).Select(h => Judged.Form(g, h, weights)));
        return Corrected(judged.Observed, pairs.Average());
    }

    /// <summary>Without pairs there is nothing to agree.</summary>
    private static AgreementCoefficient None => new(null, Domain.Undefined.NoPairs, null, null, null);

    internal static AgreementCoefficient Corrected(double observed, double expected) => expected < 1
        ? new((observed - expected) / (1 - expected), null, observed, expected, null)
        : new(null, Domain.Undefined.NoVariation, observed, expected, null);

    private static int[] Counts(int?[] chosen, int categories)
    {
        var counts = new int[categories];
        foreach (var category in chosen.OfType<int>())
            counts[category]++;
        return counts;
    }
}
