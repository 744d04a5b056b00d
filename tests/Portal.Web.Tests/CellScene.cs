using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>A cell and a risk report as the services would tell them.</summary>
internal static class CellScene
{
    public static CellLineage Lineage(
        IReadOnlyList<RatingLineage>? ratings = null, IReadOnlyList<CellAtVersion>? history = null, double? mean = 0.62,
        string status = "contested")
    {
        var cell = Scene.Cell(0, 0, mean, status, width: 0.3);
        return new CellLineage(
            Scene.Study, null, 12, Scene.Digest, "T1", "F1",
            new Dictionary<string, ConsensusCell>
            {
                ["rohl-1"] = cell,
                ["crisp"] = cell with { Mean = 0.5, Lower90 = null, Upper90 = null },
            },
            [new("org-a", 2, 0.7, 0.08, true, "uncertain", 1.9, 1.3), new("org-b", 1, 0.2, -0.08, false, "vulnerable", 1, 1)],
            ratings ?? Ratings, "rohl-1", new RohlConstants(0.5, 0.75, 0.6, 2, 0.5, -1.73, 0, 1.73),
            new MultiverseRow(
                [
                    new("rohl-1", mean, null, "vulnerable", "any judged probability"), new("median", 0.6, null, "uncertain", "any"),
                    new("int-w-agg", null, "no_bounds", null, "any"),
                ],
                0.55, 0.66, "vulnerable", 2, 1),
            new DisagreementFigures(0.3, 0.1, 0.4, 0.5), Fragile: true, EffectiveRaters: 2.9, IndependentRaters: 2.3,
            new AiRaterEffect(1, 0.7, "vulnerable", 0.08), [new NotCountedRatings("stale", 1)],
            new CellHistory(history ?? [At(12, 0.62), At(7, 0.4), At(3, null)], null));
    }

    public static IReadOnlyList<RatingLineage> Ratings { get; } =
    [
        Rating(3, "org-a", best: "0.8", lower: "0.6", upper: "0.9"), Rating(5, "org-a", verdict: "vulnerable"),
        Rating(7, "org-b", best: "0.2"), Rating(9, "org-b", best: "0.3") with { Counted = false, NotCountedBecause = "stale" },
    ];

    public static RatingLineage Rating(
        long index, string organisation, string? verdict = null, string? best = null, string? lower = null, string? upper = null) => new(
        organisation, $"r-{index}", "human", 1, verdict, best, lower, upper, null, index, Guid.Empty, "2026-11-23T16:00:00Z",
        "4a36f1ab2c234b488ab751f480a4c168", true, null);

    public static CellAtVersion At(long version, double? mean) => new(
        version, "2026-11-23T16:00:00Z", mean, mean - 0.1, mean + 0.1, mean is null ? null : "vulnerable", "ok", 2, 3);

    /// <summary>Every portfolio of so many techniques.</summary>
    public static RiskReport Report(int techniques = 3, bool every = true)
    {
        var ids = Enumerable.Range(1, techniques).Select(n => $"T{n}").ToArray();
        var sets = Enumerable.Range(1, (1 << techniques) - 1)
            .Select(bits => ids.Where((_, i) => (bits >> i & 1) == 1).ToArray()).Where(set => every || set.Length != 2);
        return new RiskReport(
            Scene.Study, null, 12, "rohl-1", "shared-failure-modes-1", "Expert judgement, not an observed frequency.", Scene.Digest,
            new RiskAssumptions("shared-failure-modes", 0.01, ["F1"], ["T1/F2"]), [.. sets.Select(Risk)],
            [new("F1", 0.3, 0.6, 0.7, 5.5, 2.4), new("F2", 0.1, null, null, null, null)], Scene.Digest, true);
    }

    private static PortfolioRisk Risk(string[] techniques)
    {
        var joint = Math.Pow(0.4, Math.Sqrt(techniques.Length));
        return new PortfolioRisk(
            techniques is ["T1", "T2"] ? "Both" : null, techniques, joint, joint * 1.05, joint + 0.01, Math.Pow(0.4, techniques.Length),
            techniques.Length == 1 ? 1 : 1.7, 1.2, [0, 0.4], [joint, joint], 0.2 * techniques.Length, false);
    }
}
