namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Nodes and weights of Gauss-Legendre quadrature on (0, 1), nodes ascending, weights adding up to 1.</summary>
internal sealed class GaussLegendre
{
    /// <summary>The 16 nodes that every published number uses.</summary>
    internal static readonly GaussLegendre Sixteen = new(16);

    internal GaussLegendre(int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        (Nodes, Weights) = (new double[nodes], new double[nodes]);
        for (var k = 0; k < (nodes + 1) / 2; k++)
        {
            var (x, slope) = Root(nodes, Math.Cos(Math.PI * (k + 0.75) / (nodes + 0.5)));
            var weight = 1 / ((1 - x * x) * slope * slope);
            (Nodes[k], Weights[k]) = (0.5 - x / 2, weight);
            (Nodes[nodes - 1 - k], Weights[nodes - 1 - k]) = (0.5 + x / 2, weight);
        }
    }

    internal double[] Nodes { get; }

    internal double[] Weights { get; }

    /// <summary>
    /// The root of the Legendre polynomial near <paramref name="guess"/>,
    /// and the slope there (Newton; Numerical Recipes 4.6).
    /// </summary>
    private static (double X, double Slope) Root(int degree, double guess)
    {
        var (x, step) = (guess, 1.0);
        for (var round = 0; round < 16 && Math.Abs(step) > 1e-15; round++)
        {
            var (value, slope) = Legendre(degree, x);
            step = value / slope;
            x -= step;
        }

        return (x, Legendre(degree, x).Slope);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (value, before) = (1.0, 0.0);
        for (var k = 0; k < degree; k++)
            (value, before) = (((2 * k + 1) * x * value - k * before) / (k + 1), value);
        return (value, degree * (x * value - before) / (x * x - 1));
    }
}
