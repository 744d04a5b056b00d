namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What is read off the marginal posterior of mu, its masses at the nodes of <see cref="Rohl1Tables.Mu"/>.</summary>
internal static class Rohl1Marginal
{
    private const double Ln2 = 0.6931471805599453;
    private const double Step = 0.05;

    public static void Normalise(Span<double> masses)
    {
        var total = 0.0;
        foreach (var mass in masses)
            total += mass;
        foreach (ref var mass in masses)
            mass /= total;
    }

    public static (double Mean, double Square) Moments(ReadOnlySpan<double> mu)
    {
        double mean = 0, square = 0;
        var p = Rohl1Tables.Probability;
        for (var k = 0; k < mu.Length; k++)
        {
            mean += mu[k] * p[k];
            square += mu[k] * (p[k] * p[k]);
        }

        return (mean, square);
    }

    public static (double Resistant, double Uncertain, double Vulnerable) Shares(ReadOnlySpan<double> mu)
    {
        var resistant = MassBelow(mu, -Ln2);

        // Rounding may leave a difference of masses just below nothing.
        var vulnerable = Math.Max(0, 1 - MassBelow(mu, Ln2));
        return (resistant, Math.Max(0, 1 - resistant - vulnerable), vulnerable);
    }

    // The posterior of mu is taken as constant on cells of one step around each node.
    public static double Quantile(ReadOnlySpan<double> mu, double share)
    {
        var below = 0.0;
        var nodes = Rohl1Tables.Mu;
        for (var k = 0; k < mu.Length; k++)
        {
            if (below + mu[k] >= share)
                return nodes[k] - Step / 2 + (mu[k] > 0 ? (share - below) / mu[k] : 0) * Step;
            below += mu[k];
        }

        return nodes[^1];
    }

    private static double MassBelow(ReadOnlySpan<double> mu, double cut)
    {
        var below = 0.0;
        var nodes = Rohl1Tables.Mu;
        for (var k = 0; k < mu.Length; k++)
        {
            var (from, to) = (nodes[k] - Step / 2, nodes[k] + Step / 2);
            if (cut < to)
                return cut > from ? below + mu[k] * (cut - from) / Step : below;
            below += mu[k];
        }

        return below;
    }
}
