using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// What becomes of the conclusions of L. Dung and F. Mai, "AI Alignment Strategies from a Risk Perspective", 2025 (arXiv 2510.11235)
/// when they are computed from a matrix of the paper's techniques and failure modes. Thresholds are this project's and stated in words;
/// the figures stand beside every verdict.
/// </summary>
public sealed class PaperCheck
{
    public const string Holds = "holds";
    public const string HoldsPartly = "holds-partly";
    public const string DoesNotHold = "does-not-hold";
    public const string NotTestable = "not-testable";

    /// <summary>Correlations up to this are called low.</summary>
    private const double LowCorrelation = 0.3;

    /// <summary>A share from which a conclusion holds without a qualification.</summary>
    private const double NearlyAll = 0.9;

    private const string AlGen = "AL-GEN";

    private static readonly string[] Pipeline = ["RLHF", "RLAIF", "W2S"];
    private static readonly string[] Pair = ["Debate", "RE"];
    private static readonly string[] Costly = ["ScientistAI", "IDA"];
    private static readonly string[] Cheaper = [.. Pipeline, .. Pair];
    private static readonly string[] Seven = [.. Cheaper, .. Costly];

    /// <summary>The order of the taxes in the paper, as numbers that it does not give.</summary>
    private static readonly double?[] OrdinalTaxes = [1, 1, 1, 2, 2, 3, 3];

    private readonly RiskModel _model;

    private PaperCheck(RiskModel model) => _model = model;

    /// <returns>The paper's six conclusions in its order, and a seventh that its table implies.</returns>
    public static IReadOnlyList<PaperConclusion> Of(RiskModel model)
    {
        string[] missing = [.. Seven.Except(model.Techniques), .. new[] { AlGen }.Except(model.FailureModes)];
        var about = missing.Length == 0 ? new PaperCheck(model.Of([.. Seven.Select(id => model.IndexesOf([id])[0])])) : null;
        return
        [
            Put("RLHF, RLAIF and weak-to-strong generalisation share almost all failure modes.", check => check.SharedPipeline()),
            Put("Debate and representation engineering leave only AL-GEN.", check => check.OnlyAlGen()),
            Put("AL-GEN is the most pressing failure mode.", check => check.MostPressing()),
            Put("Scientist AI and IDA fail apart from the other techniques.", check => check.FailApart()),
            Put("Ten independent layers that each fail in one of ten cases fail together in one of 10^10.", null),
            Put("Debate with representation engineering suits a low safety tax.", check => check.LowTax()),
            Put("Implied: beside representation engineering RLHF, RLAIF and weak-to-strong add nothing.", check => check.Idle()),
        ];

        PaperConclusion Put(string conclusion, Func<PaperCheck, (string, double, string)>? check)
        {
            if (check is not null && about is null)
                return new PaperConclusion(conclusion, NotTestable, null, "The matrix lacks " + string.Join(", ", missing) + ".");
            var (verdict, figure, words) = check is null ? TenLayers() : check(about!);
            return new PaperConclusion(conclusion, verdict, figure, words);
        }
    }

    private (string, double, string) SharedPipeline()
    {
        var portfolio = Of(Pipeline);
        var alone = PortfolioMeasures.Alone(portfolio);
        var layers = PortfolioMeasures.EffectiveLayers(FailedSets.Joint(portfolio), alone) ?? 3;
        var phi = Overlap.Of(portfolio).Min(pair => pair.Phi ?? 0);
        return (Grade(layers <= 1.5, layers <= 2), layers, Say(
            $"The three are worth {layers:G4} independent layers (up to 1.5 it holds); their correlations are {phi:G3} or more."));
    }

    private (string, double, string) OnlyAlGen()
    {
        var portfolio = Of(Pair);
        var importance = Importance.Of(portfolio);
        var alGen = importance.Single(mode => mode.FailureMode == AlGen);
        var isFirst = importance.All(mode => mode.Birnbaum <= alGen.Birnbaum);
        var (joint, alone) = (FailedSets.Joint(portfolio), FailedSets.Joint(Of(["RE"])));
        var given = alGen.Diagnostic ?? 0;
        return (Grade(isFirst && given >= NearlyAll, isFirst), given, Say(
            $"Of the cases in which both fail AL-GEN obtains in {given:P1}; the others come from several modes at once. ",
            $"Together they fail with {joint:G4}, representation engineering alone with {alone:G4}."));
    }

    private (string, double, string) MostPressing()
    {
        var all = ImportanceOfAll.Of(_model);
        var averages = all.Averages();
        var alGen = averages.Single(mode => mode.FailureMode == AlGen);
        var share = alGen.Portfolios == 0 ? 0 : (double)alGen.First / alGen.Portfolios;
        var next = averages.Where(mode => mode.FailureMode != AlGen).MaxBy(mode => mode.Criticality ?? 0)!;
        var together = all.Of((1 << Seven.Length) - 1);
        var isFirst = together.All(mode => (mode.Criticality ?? 0) <= (together.Single(one => one.FailureMode == AlGen).Criticality ?? 0));
        return (Grade(isFirst && share >= NearlyAll, alGen.Criticality >= next.Criticality), share, Say(
            $"It is first or tied in {alGen.First} of {alGen.Portfolios} portfolios and {(isFirst ? "" : "not ")}for all seven together; ",
            $"its mean criticality is {alGen.Criticality:G3}, that of {next.FailureMode} {next.Criticality:G3}."));
    }

    private (string, double, string) FailApart()
    {
        var pairs = Overlap.Of(_model);
        var mutual = pairs.Single(pair => Costly.Contains(pair.A) && Costly.Contains(pair.B)).Phi ?? 0;
        var pipeline = pairs.Where(pair => Pipeline.Contains(pair.A) && Costly.Contains(pair.B)).Max(pair => pair.Phi ?? 0);
        var (apart, best) = (pairs.MinBy(pair => pair.Phi ?? 1)!, pairs.MinBy(pair => pair.Joint)!);
        return (Grade(Math.Max(mutual, pipeline) <= LowCorrelation, Math.Min(mutual, pipeline) <= LowCorrelation), mutual, Say(
            $"They correlate by {mutual:G3} with each other and by up to {pipeline:G3} with the pipeline ",
            $"(up to {LowCorrelation:G1} is low). ",
            $"The least correlated pair is {apart.A} with {apart.B} ({apart.Phi:G3}), ",
            $"the pair that fails least {best.A} with {best.B} ({best.Joint:G3})."));
    }

    private static (string, double, string) TenLayers()
    {
        var (own, shared) = (Ten(0), Ten(0.01));
        return (HoldsPartly, shared.Joint, Say(
            $"{own.Joint:G3} if they share nothing; if 1 % of each failure is a common cause, {shared.Joint:G3}, ",
            $"what {shared.Layers:G2} independent layers are worth."));
    }

    /// <summary>Ten techniques of failure probability 0.1, of which a share is one common mode's.</summary>
    private static (double Joint, double Layers) Ten(double share)
    {
        const int Layers = 10;
        const double Fails = 0.1;
        var ids = Enumerable.Range(0, Layers).Select(i => $"{i}").ToArray();
        var (common, own) = (share * Fails, (Fails - share * Fails) / (1 - share * Fails));
        var model = new RiskModel(
            ids, [.. ids, "common"], [.. ids.Select(_ => own), common],
            [.. ids.Select((_, i) => (IReadOnlyList<Vulnerability>)[.. ids.Select((_, j) => new Vulnerability(i == j ? 1 : 0)), new(1)])]);
        var joint = FailedSets.Joint(model);
        return (joint, PortfolioMeasures.EffectiveLayers(joint, [.. ids.Select(_ => Fails)])!.Value);
    }

    private (string, double, string) LowTax()
    {
        var known = _model.SafetyTax() is not null;
        var priced = known ? _model : _model.WithSafetyTaxes(OrdinalTaxes);
        var beaten = Choice.Of(priced).Dominated().SingleOrDefault(one => one.Portfolio.Techniques.SequenceEqual(Pair));
        var joint = FailedSets.Joint(Of(Pair));
        var best = Overlap.Of(Of(Cheaper)).MinBy(pair => pair.Joint)!;
        var isBest = joint <= best.Joint * (1 + PortfolioMeasures.Tie);
        var taxes = known ? "the given taxes" : "taxes of 1, 1, 1, 2, 2, 3, 3 (the paper gives only their order)";
        var rival = beaten is null
            ? "no portfolio costs as little and fails less"
            : Say(
                $"{string.Join(" with ", beaten.By.Techniques)} fails with {beaten.By.Joint:G4} ",
                beaten.By.SafetyTax < beaten.Portfolio.SafetyTax
                    ? $"and costs {beaten.By.SafetyTax:G4} instead of {beaten.Portfolio.SafetyTax:G4}"
                    : (FormattableString)$"and costs no more, {beaten.By.SafetyTax:G4}");
        var rank = isBest ? "the least of any pair" : $"more than {best.A} with {best.B}";
        return (Grade(beaten is null, isBest), joint, Say(
            $"They fail together with {joint:G4}, {rank} of the five cheaper techniques; with {taxes}, {rival}."));
    }

    private (string, double, string) Idle()
    {
        var (alone, beside) = (FailedSets.Joint(Of(["RE"])), FailedSets.Joint(Of([.. Pipeline, "RE"])));
        var ratio = alone == 0 ? 1 : beside / alone;
        return (Grade(ratio >= 0.999, ratio >= NearlyAll), ratio, Say(
            $"Adding the three takes the risk of representation engineering times {ratio:G4} (1 is nothing)."));
    }

    private RiskModel Of(string[] techniques) => _model.Of(_model.IndexesOf(techniques));

    private static string Grade(bool holds, bool partly) => holds ? Holds : partly ? HoldsPartly : DoesNotHold;

    private static string Say(params FormattableString[] words) =>
        string.Concat(words.Select(part => part.ToString(CultureInfo.InvariantCulture)));
}
