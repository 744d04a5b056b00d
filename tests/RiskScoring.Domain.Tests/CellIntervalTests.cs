using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class CellIntervalTests
{
    [Fact]
    public void What_is_not_settled_is_a_contested_an_unrated_and_an_open_cell()
    {
        ConsensusCell Cell(string mode, double? mean, double? sd, (double?, double?) interval, string? verdict, string status) =>
            new("RE", mode, 1, 1, mean, sd, null, interval.Item1, interval.Item2, null, null, null, null, verdict, status);
        var matrix = ScoringRiskTests.Paper() with
        {
            Lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>>
            {
                ["rohl-1"] =
                [
                    Cell("S-TAX", 0.5, 0.2, (0.1, 0.9), "uncertain", "contested"),
                    Cell("CAP-DEV", 0.5, 0.2, (0.2, 0.8), "uncertain", "ok"),
                    Cell("DEC-AL", null, null, (null, null), null, "no_data"),
                ],
                ["crisp"] =
                [
                    Cell("S-TAX", 0.5, null, (null, null), "uncertain", "contested"),
                    Cell("CAP-DEV", 0.5, null, (null, null), "uncertain", "ok"),
                    Cell("DEC-AL", 1, null, (null, null), "vulnerable", "ok"),
                ],
            },
        };
        CellInterval At(string mode, double low, double high) => new("RE", mode, low, high);
        Assert.Equal([At("S-TAX", 0, 1), At("CAP-DEV", 0, 1), At("DEC-AL", 0, 1)], CellInterval.OpenIn(matrix, "rohl-1"));
        Assert.Equal([At("S-TAX", 0.1, 0.9)], CellInterval.ContestedIn(matrix, "rohl-1"));
        Assert.Equal([At("S-TAX", 0.1, 0.9), At("CAP-DEV", 0, 1), At("DEC-AL", 0, 1)], CellInterval.UnsettledIn(matrix, "rohl-1"));
        Assert.Equal([At("S-TAX", 0, 1), At("CAP-DEV", 0, 1)], CellInterval.UnsettledIn(matrix, "crisp"));
        Assert.Empty(CellInterval.ContestedIn(matrix, "crisp"));
        Assert.Equal("lens", Assert.Throws<RiskInputException>(() => CellInterval.OpenIn(matrix, "no-such")).Field);
    }
}
