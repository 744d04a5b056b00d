namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class GaussLegendreTests
{
    [Fact]
    public void The_outermost_of_16_nodes_is_the_tabulated_one()
    {
        // Abramowitz and Stegun, table 25.4, n = 16, moved from (-1, 1) to (0, 1).
        Close.To((1 - 0.989400934991649932596) / 2, GaussLegendre.Sixteen.Nodes[0], 1e-14);
        Close.To(0.027152459411754094852 / 2, GaussLegendre.Sixteen.Weights[0]);
        Close.To((1 + 0.095012509837637440185) / 2, GaussLegendre.Sixteen.Nodes[8]);
        Close.To(0.189450610455068496285 / 2, GaussLegendre.Sixteen.Weights[8]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(64)]
    public void Polynomials_of_degree_below_twice_the_nodes_are_integrated_exactly(int nodes)
    {
        var rule = new GaussLegendre(nodes);
        for (var degree = 0; degree < 2 * nodes; degree++)
            Close.To(1.0 / (degree + 1), rule.Weights.Zip(rule.Nodes, (w, x) => w * Math.Pow(x, degree)).Sum());
    }

    [Fact]
    public void Nodes_ascend_and_mirror_each_other()
    {
        var nodes = GaussLegendre.Sixteen.Nodes;
        Assert.Equal(nodes.Order(), nodes);
        for (var k = 0; k < nodes.Length; k++)
            Assert.Equal(1 - nodes[k], nodes[^(k + 1)], 1e-15);
    }
}
