namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Joint failure when what experts do not know about a failure mode they do not know for every technique: all cells of a mode
/// are comonotone, v_ij = F_ij^-1(u_j) with one uniform u_j a mode. R stays linear in each mode's transition, so the failed-set
/// recursion needs only its average over u_j: p becomes (1 - pi_j) p + pi_j * sum over nodes of w_k T_{u_k} p, on the 16-point
/// Gauss-Legendre rule of (0, 1). F_ij is the Beta with the cell's mean and standard deviation. Every technique's own failure
/// probability stays what it is; only the joint rises.
/// </summary>
public static class SharedByMode
{
    private static GaussLegendre Rule => GaussLegendre.Sixteen;

    /// <summary>A quantile takes as long as so many multiplications.</summary>
    private const double Quantile = 4096;

    /// <summary>Multiplications that one portfolio of so many techniques takes, or all portfolios of so many.</summary>
    internal static double WorkOf(int techniques, int failureModes) =>
        Rule.Nodes.Length * (double)failureModes * techniques * (Math.Pow(2, techniques) + Quantile);

    /// <summary>R(T) of every portfolio; bit i of the index is technique i.</summary>
    /// <param name="joint">Takes the result, 2^n long for n techniques.</param>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques, or another length.</exception>
    public static void JointOfAll(RiskModel model, Span<double> joint)
    {
        FailedSets.ThrowUnlessTable(model, joint.Length);
        Fold(model, joint);
        FailedSets.SumOverSupersets(joint);
    }

    /// <summary>P(all techniques of the model fail together).</summary>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestPortfolio"/> techniques.</exception>
    public static double Joint(RiskModel portfolio)
    {
        FailedSets.ThrowUnlessPortfolio(portfolio.Techniques.Count);
        var exactly = new double[1 << portfolio.Techniques.Count];
        Fold(portfolio, exactly);
        return Math.Min(exactly[^1], 1);
    }

    private static void Fold(RiskModel model, Span<double> exactly)
    {
        var (n, size) = (model.Techniques.Count, exactly.Length);
        var (average, one) = (new double[size], new double[size]);
        var vulnerability = new double[n];
        exactly.Clear();
        exactly[0] = 1;
        for (var j = 0; j < model.FailureModes.Count; j++)
        {
            var likelihood = model.Likelihoods[j];
            if (likelihood == 0) continue;
            if (IsCertain(model.Cells(j)))
            {
                // Every node would say the same: the means, and then the bits of the joint without sharing.
                FailedSetSteps.Mode(exactly, one, likelihood, model.Means(j));
                continue;
            }

            Array.Clear(average);
            for (var k = 0; k < Rule.Nodes.Length; k++)
            {
                var cells = model.Cells(j);
                for (var i = 0; i < n; i++) vulnerability[i] = BetaQuantile.Of(cells[i].Mean, cells[i].Sd, Rule.Nodes[k]);
                FailedSetSteps.Scale(exactly, one, Rule.Weights[k] * likelihood);
                FailedSetSteps.Fail(one, vulnerability);
                FailedSetSteps.ScaleAndAdd(average, 1, one);
            }

            FailedSetSteps.ScaleAndAdd(exactly, 1 - likelihood, average);
        }
    }

    private static bool IsCertain(ReadOnlySpan<Vulnerability> cells)
    {
        foreach (var cell in cells)
            if (cell.Sd > 0) return false;
        return true;
    }
}
