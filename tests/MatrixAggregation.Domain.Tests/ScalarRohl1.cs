namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>
/// The quadrature of ROHL-1 written out plainly, one node after the other: the oracle of the vectorised form and the other
/// side of its benchmark. It must give the same bits, so it also keeps the four interleaved sums over tau.
/// </summary>
internal static class ScalarRohl1
{
    private const int Block = 32;
    private const double Step = 0.05;
    private const double HighestMu = 6;

    /// <returns>p[k][g] without normalisation, k over mu and g over the nodes of tau.</returns>
    public static double[][] Grid(OrganisationSummary[] organisations, double[] tau, double[] prior)
    {
        var p = prior.Select(value => Enumerable.Repeat(value, tau.Length).ToArray()).ToArray();
        var top = 1.0;
        for (var from = 0; from < organisations.Length; from += Block)
        {
            var to = Math.Min(organisations.Length, from + Block);
            var divisor = top;
            top = 0;
            for (var g = 0; g < tau.Length; g++)
            {
                var product = 1.0;
                var halfInverse = new double[to - from];
                for (var o = from; o < to; o++)
                {
                    var variance = organisations[o].V + tau[g] * tau[g];
                    product *= variance;
                    halfInverse[o - from] = 1 / (2 * variance);
                }

                var d = 1 / Math.Sqrt(product) / divisor;
                for (var k = 0; k < p.Length; k++)
                {
                    var q = 1.0;
                    for (var o = from; o < to; o++)
                    {
                        var e = organisations[o].Y - (-HighestMu + Step * k);
                        q *= 1 + e * e * halfInverse[o - from];
                    }

                    p[k][g] *= d / (q * Math.Sqrt(q));
                    top = Math.Max(top, p[k][g]);
                }
            }
        }

        return p;
    }

    public static double[] MarginalOfMu(double[][] grid) =>
        [.. grid.Select(row => Lane(row, 0) + Lane(row, 1) + Lane(row, 2) + Lane(row, 3))];

    public static double[] MarginalOfTau(double[][] grid, int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(g => grid.Sum(row => row[g]))];

    private static double Lane(double[] row, int lane)
    {
        var sum = 0.0;
        for (var g = lane; g < row.Length; g += 4)
            sum += row[g];
        return sum;
    }
}
