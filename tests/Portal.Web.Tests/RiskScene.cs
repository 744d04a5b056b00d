using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>What risk-scoring tells of a version beside its report.</summary>
internal static class RiskScene
{
    public const string Statement = "Expert judgement, not an observed frequency.";

    private const string Method = "shared-failure-modes-1";
    private static readonly RiskAssumptions Assumptions = new("shared-failure-modes", 0.01, [], []);

    /// <summary>All portfolios of so many techniques, every size's first on the frontier.</summary>
    public static RiskFrontier Frontier(int techniques = 3)
    {
        var ids = Enumerable.Range(1, techniques).Select(n => $"T{n}").ToArray();
        RankedPortfolio[] all =
        [
            .. Enumerable.Range(1, (1 << techniques) - 1).Select(bits => ids.Where((_, i) => (bits >> i & 1) == 1).ToArray())
                .Select(set => Ranked(set, 0.2 * set.Length, Math.Pow(0.4, Math.Sqrt(set.Length)))),
        ];
        var best = all.DistinctBy(portfolio => portfolio.Techniques.Count).ToArray();
        return Frontier(
            [.. best.OrderBy(portfolio => portfolio.SafetyTax)],
            [
                .. all.Except(best).Select(portfolio => new DominatedPortfolio(
                    portfolio with { Joint = portfolio.Joint * 1.1 },
                    best.First(one => one.Techniques.Count == portfolio.Techniques.Count))),
            ]);
    }

    public static RiskFrontier Frontier(
        IReadOnlyList<RankedPortfolio> frontier, IReadOnlyList<DominatedPortfolio>? dominated = null, params string[] unknownTaxes) => new(
        Scene.Study, null, 12, "rohl-1", Method, Statement, Scene.Digest, Assumptions, "jointSharedByMode", unknownTaxes, [], frontier, [],
        dominated ?? [], []);

    public static RankedPortfolio Ranked(IReadOnlyList<string> techniques, double tax, double joint) =>
        new(techniques, tax, joint, [joint * 0.8, Math.Min(1, joint * 1.2)]);

    public static RiskOverlap Overlap(int techniques = 3) => new(
        Scene.Study, null, 12, "rohl-1", Method, Statement, Scene.Digest, Assumptions,
        [
            .. from a in Enumerable.Range(1, techniques)
               from b in Enumerable.Range(a + 1, techniques - a)
               select new TechniquePair($"T{a}", $"T{b}", 0.2, b == 2 ? 0.774 : null, 0.9, 0.5, 0.6, 0.3, 0.4),
        ],
        [new("T1", "T2", false, "T1 adds nothing beside T2.")], [new(["F1", "F2"], 0.19, "F1 and F2 act as one.")]);

    public static RiskImportance Importance(params FailureModeImportance[] modes) => new(
        Scene.Study, null, 12, "rohl-1", Method, Statement, Scene.Digest, Assumptions, ["T1", "T2", "T3"], modes, [],
        [.. modes.Select((mode, i) => new AverageImportance(mode.FailureMode, 0.1, 0.5 - i * 0.1, 0.6, 2, 5 - i, 7))], []);

    public static FailureModeImportance[] Modes { get; } =
        [new("F1", 0.3, 0.6, 0.7, 5.5, 2.4), new("F2", 0.1, null, null, null, null)];

    public static RiskCells Cells(params CellLeverage[] cells) =>
        new(Scene.Study, null, 12, "rohl-1", Method, Statement, Scene.Digest, Assumptions, ["T1", "T2", "T3"], 0.2, cells, []);

    public static RiskPaper Paper() => new(
        Scene.Study, null, 12, "rohl-1", Method, Statement, Scene.Digest, Assumptions,
        [
            new("Three share almost all.", "holds", 1.1, "They are worth 1.1 layers."),
            new("Two leave only one.", "does-not-hold", 0.7, "It obtains in 70 %."),
            new("Others.", "not-testable", null, "The matrix lacks IDA."),
        ]);

    /// <summary>The services tell all of it, and the report, of version 12.</summary>
    public static void Tell(FakeServices services)
    {
        void Say(string path, object answer) =>
            services.Say(FakeServices.Risk, $"studies/{Scene.Study}/{path}?version=12&lens=rohl-1", answer);
        Say("risk", CellScene.Report(every: false));
        Say("risk/frontier", Frontier());
        Say("risk/overlap", Overlap());
        Say("risk/importance", Importance(Modes));
        Say("risk/cells", Cells(new CellLeverage("T1", "F1", 0.6, 0.3, [0.4, 0.8], [0.1, 0.3])));
        Say("risk/paper", Paper());
    }
}
