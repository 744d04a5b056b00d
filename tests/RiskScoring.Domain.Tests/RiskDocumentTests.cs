using System.Globalization;
using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>Numbers in docs/methods/risk.md are the program's. MESH_APPROVE=1 writes the table anew.</summary>
public sealed class RiskDocumentTests
{
    private const string Begin = "<!-- paper check: begin -->";
    private const string End = "<!-- paper check: end -->";

    [Fact]
    public void The_papers_conclusions_stand_there_as_computed()
    {
        var (a, b) = (Check("paper_a.json"), Check("paper_b.json"));
        string[] table =
        [
            "| conclusion | (a) crisp: 1, 1/2, 0 | (b) soft: 0.9, 1/2, 0.05 |", "|---|---|---|",
            .. a.Zip(b, (one, other) =>
                $"| {one.Conclusion} | {Words(one)} | {(Words(other) == Words(one) ? "the same" : Words(other))} |"),
        ];
        var document = File.ReadAllText(Document());
        var from = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length + 1;
        var to = document.IndexOf(End, StringComparison.Ordinal);
        var expected = string.Join('\n', table) + "\n";
        if (Environment.GetEnvironmentVariable("MESH_APPROVE") == "1")
            File.WriteAllText(Document(), document[..from] + expected + document[to..]);
        else
            Assert.Equal(expected, document[from..to]);
    }

    [Fact]
    public void The_portfolio_computed_by_hand_is_the_one_computed()
    {
        var all = PaperVectorTests.Load("paper_a.json").Model;
        var pair = all.Of(all.IndexesOf(["Debate", "RE"]));
        var (joint, alone) = (FailedSets.Joint(pair), PortfolioMeasures.Alone(pair));
        var (alGen, worth) = (Importance.Of(pair).Single(mode => mode.FailureMode == "AL-GEN"), Layers.LeaveOneOut(pair));
        var shapley = Shapley.Of(pair);
        double[] stated =
        [
            alone[0], alone[1], PortfolioMeasures.Independent(alone), joint / PortfolioMeasures.Independent(alone),
            PortfolioMeasures.EffectiveLayers(joint, alone)!.Value, Overlap.Of(pair, 0, 1).Phi!.Value, alGen.Criticality!.Value,
            alGen.Diagnostic!.Value, worth[0].Ratio!.Value, worth[1].Ratio!.Value, shapley[0].Decades!.Value, shapley[1].Decades!.Value,
            Layers.AtLeast(pair)[1],
        ];
        var text = File.ReadAllText(Document());
        var example = text[text.IndexOf("### One portfolio by hand", StringComparison.Ordinal)..];
        example = example[..example.IndexOf("## How it is computed", StringComparison.Ordinal)];
        Assert.Contains("**0.13390345**", example);
        Assert.Equal(0.13390345, joint, 1e-15);
        Assert.All(stated, number => Assert.Contains(number.ToString("F6", CultureInfo.InvariantCulture), example));
    }

    private static IReadOnlyList<PaperConclusion> Check(string file) => PaperCheck.Of(PaperVectorTests.Load(file).Model);

    private static string Words(PaperConclusion conclusion) => $"**{conclusion.Verdict.Replace('-', ' ')}.** {conclusion.Words}";

    private static string Document([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../docs/methods/risk.md");
}
