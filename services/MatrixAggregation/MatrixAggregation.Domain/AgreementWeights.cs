namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// How much two categories agree, 1 for the same one: q x q, symmetric, categories in their order (Gwet 2014, "Handbook of
/// inter-rater reliability", 4th ed., ch. 3).
/// </summary>
public static class AgreementWeights
{
    /// <summary>Only the same category agrees: for the unweighted coefficients.</summary>
    public static double[][] Identity(int categories) => Of(categories, (k, l) => k == l ? 1 : 0);

    /// <summary>1 - |k - l| / (q - 1).</summary>
    public static double[][] Linear(int categories) => Of(categories, (k, l) => 1 - Math.Abs(k - l) / (categories - 1.0));

    /// <summary>1 - (k - l)^2 / (q - 1)^2.</summary>
    public static double[][] Quadratic(int categories) =>
        Of(categories, (k, l) => 1 - (double)(k - l) * (k - l) / ((categories - 1) * (categories - 1)));

    /// <summary>1 - m_kl / m_1q, m_kl the number of pairs of categories within k..l.</summary>
    public static double[][] Ordinal(int categories) =>
        Of(categories, (k, l) => 1 - (double)Pairs(Math.Abs(k - l) + 1) / Pairs(categories));

    private static int Pairs(int categories) => categories * (categories - 1) / 2;

    private static double[][] Of(int categories, Func<int, int, double> weight) =>
    [
        .. Enumerable.Range(0, categories).Select(k =>
            Enumerable.Range(0, categories).Select(l => k == l ? 1 : weight(k, l)).ToArray()),
    ];
}
