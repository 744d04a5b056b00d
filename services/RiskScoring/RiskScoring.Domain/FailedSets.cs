using System.Buffers;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// The exact distribution of the set of techniques that fail, and from it the joint failure probability R(T) of portfolios.
/// With p[A] = P(exactly the techniques in bit mask A have failed), p[0] = 1, every failure mode j takes
/// p to (1 - pi_j) p + pi_j T_j p, where T_j lets each technique i not yet failed fail with probability v_ij.
/// Then R(T) is the sum of p over the supersets of T. All terms are positive, so the relative error stays near one unit in the
/// last place even for R = 1e-30 (inclusion and exclusion loses everything there). Cost: m n 2^n multiplications.
/// </summary>
public static class FailedSets
{
    /// <summary>Most techniques for which every portfolio is computed at once: 2^20 of them, 24 MB.</summary>
    public const int LargestTable = 20;

    /// <summary>Most techniques in one portfolio.</summary>
    public const int LargestPortfolio = 22;

    private const int OnStack = 1 << 9;

    /// <summary>R(T) of every portfolio; bit i of the index is technique i, and the empty portfolio has 1.</summary>
    /// <param name="joint">Takes the result, 2^n long for n techniques.</param>
    /// <exception cref="RiskInputException">More than <see cref="LargestTable"/> techniques, or another length.</exception>
    public static void JointOfAll(RiskModel model, Span<double> joint)
    {
        Distribution(model, joint);
        SumOverSupersets(joint);
    }

    /// <summary>P(exactly the techniques in bit mask A fail), for every A.</summary>
    /// <inheritdoc cref="JointOfAll" path="/param"/>
    /// <inheritdoc cref="JointOfAll" path="/exception"/>
    public static void Distribution(RiskModel model, Span<double> exactly)
    {
        ThrowUnlessTable(model, exactly.Length);
        Fold(model, exactly);
    }

    /// <summary>P(exactly the techniques in bit mask A of one portfolio fail), for every A; the last entry is its R.</summary>
    /// <exception cref="RiskInputException">More than <see cref="LargestPortfolio"/> techniques.</exception>
    public static double[] Distribution(RiskModel portfolio)
    {
        ThrowUnlessPortfolio(portfolio.Techniques.Count);
        var exactly = new double[1 << portfolio.Techniques.Count];
        Fold(portfolio, exactly);
        return exactly;
    }

    /// <summary>P(all techniques of the model fail together); for one portfolio, of <see cref="RiskModel.Of"/>.</summary>
    /// <exception cref="RiskInputException">More than <see cref="LargestPortfolio"/> techniques.</exception>
    public static double Joint(RiskModel portfolio)
    {
        ThrowUnlessPortfolio(portfolio.Techniques.Count);
        var size = 1 << portfolio.Techniques.Count;
        var rented = size > OnStack ? ArrayPool<double>.Shared.Rent(size) : null;
        var exactly = rented is null ? stackalloc double[size] : rented.AsSpan(0, size);
        Fold(portfolio, exactly);
        var joint = Math.Min(exactly[size - 1], 1);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return joint;
    }

    /// <summary>Turns P(exactly the techniques in A fail) into P(at least those in A fail), in place.</summary>
    internal static void SumOverSupersets(Span<double> table)
    {
        for (var stride = 1; stride < table.Length; stride <<= 1)
            FailedSetSteps.AddUpper(table, stride);
        FailedSetSteps.AtMostOne(table);
    }

    internal static void ThrowUnlessTable(RiskModel model, int length)
    {
        ThrowUnlessTable(model);
        var n = model.Techniques.Count;
        if (length != 1 << n)
            throw new RiskInputException("joint", $"{length} long", $"exactly 2^{n} = {1 << n}, one for each portfolio");
    }

    internal static void ThrowUnlessTable(RiskModel model)
    {
        var n = model.Techniques.Count;
        if (n > LargestTable)
            throw new RiskInputException("techniques", $"{n} long", $"at most {LargestTable} for all portfolios at once");
    }

    internal static void ThrowUnlessPortfolio(int techniques)
    {
        if (techniques > LargestPortfolio)
            throw new RiskInputException("portfolio", $"{techniques} techniques", $"at most {LargestPortfolio} techniques");
    }

    private static void Fold(RiskModel model, Span<double> exactly)
    {
        var rented = exactly.Length > OnStack ? ArrayPool<double>.Shared.Rent(exactly.Length) : null;
        var scratch = rented is null ? stackalloc double[exactly.Length] : rented.AsSpan(0, exactly.Length);
        exactly.Clear();
        exactly[0] = 1;
        for (var j = 0; j < model.Likelihoods.Length; j++)
            FailedSetSteps.Mode(exactly, scratch, model.Likelihoods[j], model.Means(j));
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }
}
