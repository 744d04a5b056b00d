using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// Which cell to settle next: dR/dv_ij = R(v_ij = 1) - R(v_ij = 0), the change of the joint from the technique holding to failing
/// under the mode. With p the distribution of the failed set without mode j, R given that j obtains is
/// sum_A p[A] prod_(l not in A) v_lj, a polynomial with positive terms whose gradient in all v_lj at once takes about three passes
/// over p (reverse accumulation). No difference is taken, so nothing cancels.
/// </summary>
public static class CellImportances
{
    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <returns>Techniques outer, failure modes inner.</returns>
    /// <exception cref="RiskInputException">More than <see cref="FailedSets.LargestTable"/> techniques.</exception>
    public static IReadOnlyList<CellImportance> Of(RiskModel portfolio)
    {
        var (n, m) = (portfolio.Techniques.Count, portfolio.FailureModes.Count);
        var derivatives = new double[n * m];
        WithoutEachMode.Of(portfolio, (j, exactly, scratch) =>
        {
            Span<double> gradient = stackalloc double[n];
            Gradient(exactly, scratch, portfolio.Means(j), gradient);
            for (var i = 0; i < n; i++) derivatives[i * m + j] = portfolio.Likelihoods[j] * gradient[i];
        });
        return [.. derivatives.Select((derivative, place) =>
            new CellImportance(portfolio.Techniques[place / m], portfolio.FailureModes[place % m], derivative))];
    }

    /// <summary>What the joint becomes at the ends of cells that are not settled, one at a time; R never falls when a cell rises.</summary>
    /// <param name="portfolio">Techniques of other portfolios among the intervals are passed over.</param>
    public static IReadOnlyList<CellRange> Ranges(RiskModel portfolio, IReadOnlyList<CellInterval> intervals)
    {
        return [.. intervals.Where(cell => portfolio.Techniques.Contains(cell.Technique)).Select(cell =>
        {
            var place = cell.PlaceIn(portfolio);
            double At(double mean) =>
                FailedSets.Joint(portfolio.WithCells((i, j, now) => (i, j) == place ? new Vulnerability(mean) : now));
            return new CellRange(cell.Technique, cell.FailureMode, [cell.Low, cell.High], [At(cell.Low), At(cell.High)]);
        })];
    }

    /// <param name="p">Its values are kept.</param>
    /// <param name="levels">As long as p: p with its highest technique summed out, then the next, down to one number.</param>
    private static void Gradient(ReadOnlySpan<double> p, Span<double> levels, ReadOnlySpan<double> v, Span<double> gradient)
    {
        if (v.Length == 0) return;
        for (var l = v.Length - 1; l >= 0; l--)
        {
            var above = Above(l, p, levels);
            var level = Level(l, levels);
            var half = 1 << l;
            for (var a = 0; a < half; a++) level[a] = above[a + half] + v[l] * above[a];
        }

        // Back up, each level gives way to the weight that the result has in it: 1 for the one number at the end.
        Level(0, levels)[0] = 1;
        for (var l = 0; l < v.Length; l++)
        {
            var half = 1 << l;
            var weights = Level(l, levels);
            var values = Above(l, p, levels);
            for (var a = 0; a < half; a++) gradient[l] += weights[a] * values[a];
            if (l == v.Length - 1) break;
            var above = Level(l + 1, levels);
            for (var a = 0; a < half; a++) (above[a], above[a + half]) = (v[l] * weights[a], weights[a]);
        }
    }

    /// <summary>What is left of p when technique l and those above it are summed out, 2^l numbers.</summary>
    private static Span<double> Level(int l, Span<double> levels) => levels.Slice(levels.Length - (2 << l), 1 << l);

    private static ReadOnlySpan<double> Above(int l, ReadOnlySpan<double> p, Span<double> levels) =>
        2 << l == p.Length ? p : Level(l + 1, levels);
}
