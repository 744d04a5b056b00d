using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>What risk-scoring would answer to a question of the lab.</summary>
internal static class LabScene
{
    public static RiskSimulation Answer(
        IReadOnlyList<string>? techniques = null, IReadOnlyList<CellLeverage>? cells = null, double joint = 0.2, double published = 0.1,
        IReadOnlyList<string>? leftOut = null)
    {
        var ids = techniques ?? ["T1", "T2"];
        return new RiskSimulation(
            Scene.Study, null, 12, "rohl-1", "shared-failure-modes-1", "Expert judgement, not an observed frequency.", Scene.Digest,
            new RiskAssumptions("shared-failure-modes", 0.01, ["F1"], []), new SimulateRequest(ids), Risk(ids, joint), Risk(ids, published),
            new NeededLayers(1, joint, 0.05, []),
            [
                new("shared-failure-modes", "Failure modes are shared.", joint, 0.05, null),
                new("mode-groups F1+F2:0.5", "Modes of a group come together.", null, null, "takes too long"),
            ],
            [new("F1", 0.3, 0.6, 0.7, 5.5, 2.4)], [.. ids.Select(id => new LayerWorth(id, joint * 2, joint, 0.5))],
            [new("T3", 0.2, joint / 4, 0.25, 3)], cells ?? [new("T1", "F1", 0.6, 0.3, [0.4, 0.8], [joint / 2, joint * 1.5])],
            null, leftOut ?? []);
    }

    private static PortfolioRisk Risk(IReadOnlyList<string> ids, double joint) => new(
        null, ids, joint, joint, joint, 0.05, joint / 0.05, 1.2, [0, joint], [joint, joint], 0.4, false);
}
