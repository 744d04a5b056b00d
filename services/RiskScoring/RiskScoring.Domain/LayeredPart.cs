namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Techniques that must all fail, in the fewest numbers: technique i fails on its own with probability own[i], and through the
/// modes that are left, each independently of everything else.
/// </summary>
/// <param name="own">One for each technique.</param>
/// <param name="likelihoods">One for each mode.</param>
/// <param name="cells">Vulnerabilities, a column of all techniques for each mode.</param>
internal sealed class LayeredPart(double[] own, double[] likelihoods, double[] cells)
{
    internal int Techniques => own.Length;

    internal int FailureModes => likelihoods.Length;

    internal ReadOnlySpan<double> Own => own;

    internal ReadOnlySpan<double> Likelihoods => likelihoods;

    /// <summary>Multiplications of <see cref="ByFailedSets"/>; infinite where its table is too large.</summary>
    internal double WorkByFailedSets =>
        Techniques > FailedSets.LargestPortfolio
            ? double.PositiveInfinity
            : 1.5 * (FailureModes + 1) * Techniques * Math.Pow(2, Techniques);

    /// <summary>Multiplications of <see cref="ByModeSets"/>.</summary>
    internal double WorkByModeSets => Techniques * Math.Pow(2, FailureModes);

    internal static LayeredPart Of(RiskModel portfolio)
    {
        var (n, m) = (portfolio.Techniques.Count, portfolio.FailureModes.Count);
        var cells = new double[n * m];
        for (var j = 0; j < m; j++) portfolio.Means(j).CopyTo(cells.AsSpan(j * n));
        return new LayeredPart(new double[n], portfolio.Likelihoods.ToArray(), cells);
    }

    internal ReadOnlySpan<double> Column(int mode) => cells.AsSpan(mode * own.Length, own.Length);

    internal LayeredPart WithLikelihood(int mode, double likelihood)
    {
        double[] changed = [.. likelihoods];
        changed[mode] = likelihood;
        return new LayeredPart(own, changed, cells);
    }

    /// <summary>P(all fail), by the recursion of <see cref="FailedSets"/>.</summary>
    internal double ByFailedSets()
    {
        var exactly = new double[1 << Techniques];
        var scratch = new double[exactly.Length];
        exactly[0] = 1;
        FailedSetSteps.Fail(exactly, own);
        for (var j = 0; j < FailureModes; j++) FailedSetSteps.Mode(exactly, scratch, likelihoods[j], Column(j));
        return Math.Min(exactly[^1], 1);
    }

    /// <summary>
    /// E over the sets S of modes that obtain of (1 - b) prod_i q_i(S) + b min_i q_i(S), depth first by the next mode that obtains, which
    /// takes q to q + (1 - q) v. b is the residual dependence, see <see cref="Dependence"/>.
    /// </summary>
    /// <param name="atMost">Only sets of so many modes are counted, the others as if nothing failed.</param>
    internal double ByModeSets(double residual, int atMost = int.MaxValue)
    {
        var q = new double[(Math.Min(FailureModes, atMost) + 1) * Techniques];
        own.CopyTo(q, 0);
        var noneFrom = new double[FailureModes + 1];
        noneFrom[^1] = 1;
        for (var j = FailureModes - 1; j >= 0; j--) noneFrom[j] = (1 - likelihoods[j]) * noneFrom[j + 1];
        return Math.Min(Descend(q, 0, noneFrom, residual, atMost), 1);
    }

    /// <param name="q">First q for the modes decided so far, then free space.</param>
    /// <param name="noneFrom">P(no mode from each on obtains).</param>
    private double Descend(Span<double> q, int first, ReadOnlySpan<double> noneFrom, double residual, int atMost)
    {
        var joint = noneFrom[first] * AllFail(q[..Techniques], residual);
        if (atMost == 0) return joint;
        var noneBefore = 1.0;
        for (var j = first; j < FailureModes; j++)
        {
            Obtain(q[..Techniques], Column(j), q.Slice(Techniques, Techniques));
            joint += noneBefore * likelihoods[j] * Descend(q[Techniques..], j + 1, noneFrom, residual, atMost - 1);
            noneBefore *= 1 - likelihoods[j];
        }

        return joint;
    }

    internal static void Obtain(ReadOnlySpan<double> q, ReadOnlySpan<double> column, Span<double> next)
    {
        for (var i = 0; i < q.Length; i++) next[i] = q[i] + (1 - q[i]) * column[i];
    }

    /// <summary>P(all fail | the modes that obtain).</summary>
    internal static double AllFail(ReadOnlySpan<double> q, double residual)
    {
        var (product, least) = (1.0, 1.0);
        foreach (var fails in q)
        {
            product *= fails;
            least = Math.Min(least, fails);
        }

        return residual == 0 ? product : (1 - residual) * product + residual * least;
    }
}
