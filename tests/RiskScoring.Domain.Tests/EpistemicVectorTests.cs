using System.Text.Json;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>
/// The paper's table with x ~ Beta(9, 1), ok ~ Beta(1, 19), ? ~ Beta(1, 1) and likelihood 0.1, against moments from exact rationals
/// and quantiles from independent samples.
/// </summary>
public sealed class EpistemicVectorTests
{
    private const int All = 127;
    private const int MostDraws = RiskDraws.MostDraws;

    // What the reference samples with shared cells were: plain Monte Carlo, standard error = sd / sqrt N.
    private const int ReferenceDraws = 50_000;

    private static readonly JsonElement Epistemic = PaperVectorTests.Read("epistemic.json").GetProperty("epistemic");
    private static readonly (RiskModel Model, JsonElement Vectors) Paper = PaperVectorTests.Load("paper_b.json");

    [Theory]
    [InlineData("S_RLHF", new[] { "RLHF" })]
    [InlineData("DEBATE_RE", new[] { "Debate", "RE" })]
    [InlineData("TRIO", new[] { "RLHF", "RLAIF", "W2S" })]
    [InlineData("ALL7", new[] { "RLHF", "RLAIF", "W2S", "Debate", "RE", "ScientistAI", "IDA" })]
    public void Mean_and_standard_deviation_are_the_exact_ones(string name, string[] techniques)
    {
        var expected = Epistemic.GetProperty("exact_mean_sd").GetProperty(name);
        var (mean, sd) = (expected[0].GetDouble(), expected[1].GetDouble());
        var model = Uncertain();
        var portfolio = model.IndexesOf(techniques).Sum(i => 1 << i);
        Close.To(mean, ExactMeans.OfAll(new RiskKnowledge(model, SharedBy.None))![portfolio], 1e-13, name);
        Close.To(sd, Oracles.SdByTwoCopies(model, [], portfolio), 1e-9, name);

        // Stratified draws err less than independent ones, of which these are four standard errors.
        var sample = Sample(new RiskKnowledge(model, SharedBy.None), portfolio, 10_000);
        Assert.Equal(mean, sample.Average(), 4 * sd / 100);
        Assert.Equal(sd, Sd(sample), 4 * sd * Math.Sqrt(Kurtosis(sample) - 1) / 200);
    }

    [Fact]
    public void Quantiles_of_all_seven_are_those_of_another_hundred_thousand_latin_hypercube_draws()
    {
        var expected = Epistemic.GetProperty("lhs_1e5_all7").GetProperty("quantiles").EnumerateObject().ToArray();
        var sample = Sample(new RiskKnowledge(Uncertain(), SharedBy.None), All, MostDraws);
        Assert.Equal(6, expected.Length);
        foreach (var quantile in expected)
            AssertQuantile(quantile.Value.GetDouble(), sample, double.Parse(quantile.Name), MostDraws);
    }

    [Theory]
    [InlineData("independent", SharedBy.None)]
    [InlineData("column_shared", SharedBy.Mode)]
    [InlineData("all_shared", SharedBy.All)]
    [InlineData("question_cells_shared", SharedBy.Organisation)]
    public void Shared_knowledge_gives_the_reference_moments_and_quantiles(string name, SharedBy shared)
    {
        var expected = Epistemic.GetProperty("sokc").GetProperty(name);
        var (mean, sd) = (expected.GetProperty("mean").GetDouble(), expected.GetProperty("sd").GetDouble());
        var knowledge = new RiskKnowledge(Uncertain(), shared, raters: OneForAllQuestions());
        var sample = Sample(knowledge, All, MostDraws);
        Assert.Equal(mean, sample.Average(), 4 * expected.GetProperty("mc_se").GetDouble());
        Assert.Equal(sd, Sd(sample), 4 * sd * Math.Sqrt((Kurtosis(sample) - 1) / (4.0 * ReferenceDraws)));
        AssertQuantile(expected.GetProperty("q05").GetDouble(), sample, 0.05, ReferenceDraws);
        AssertQuantile(expected.GetProperty("q95").GetDouble(), sample, 0.95, ReferenceDraws);
        if (ExactMeans.OfAll(knowledge) is { } exact)
            Assert.Equal(exact[All], sample.Average(), 4 * sd / Math.Sqrt(MostDraws));
    }

    [Theory]
    [InlineData("pi_independent_beta_1_9", SharedBy.None)]
    [InlineData("pi_shared_beta_1_9", SharedBy.All)]
    public void Uncertain_likelihoods_that_are_shared_raise_the_mean_risk_by_two_thirds(string name, SharedBy shared)
    {
        var expected = Epistemic.GetProperty("sokc").GetProperty(name);
        var (mean, sd) = (expected.GetProperty("mean").GetDouble(), expected.GetProperty("sd").GetDouble());
        var knowledge = new RiskKnowledge(Paper.Model, shared, [.. Paper.Model.FailureModes.Select(_ => SdOf(1, 9))]);
        var sample = Sample(knowledge, All, MostDraws);
        Assert.Equal(mean, sample.Average(), 4 * sd / Math.Sqrt(ReferenceDraws));
        Assert.Equal(sd, Sd(sample), 4 * sd * Math.Sqrt((Kurtosis(sample) - 1) / (4.0 * ReferenceDraws)));
        Assert.Equal(ExactMeans.OfAll(knowledge)![All], sample.Average(), 4 * sd / Math.Sqrt(MostDraws));
    }

    private static RiskModel Uncertain() => Models.Of(
        Paper.Model.Likelihoods.ToArray(), Paper.Model.Means(),
        [.. Paper.Model.Means().Select(row => row.Select(Spread).ToArray())], ids: Paper.Model.Techniques);

    private static double Spread(double mean) => mean switch { 0.9 => SdOf(9, 1), 0.05 => SdOf(1, 19), _ => SdOf(1, 1) };

    private static double SdOf(double a, double b) => Math.Sqrt(a * b / (a + b + 1)) / (a + b);

    /// <summary>One organisation behind every uncertain verdict, nobody behind the other cells.</summary>
    private static RatedBy OneForAllQuestions() => new(
        [.. Paper.Model.Means().Select(row => (IReadOnlyList<IReadOnlyList<string>>)[.. row.Select(v => v == 0.5 ? (string[])["Q"] : [])])],
        [.. Paper.Model.FailureModes.Select(_ => (string[])[])]);

    private static double[] Sample(RiskKnowledge knowledge, int portfolio, int draws) =>
        RiskDraws.Of(knowledge, draws, ScoreUncertainty.StandardSeed).Risks(portfolio).ToArray();

    private static double Sd(double[] sample)
    {
        var mean = sample.Average();
        return Math.Sqrt(sample.Average(x => (x - mean) * (x - mean)));
    }

    private static double Kurtosis(double[] sample)
    {
        var mean = sample.Average();
        return sample.Average(x => Math.Pow(x - mean, 4)) / Math.Pow(Sd(sample), 4);
    }

    /// <summary>Four standard errors of both samples' quantile, sqrt(p (1 - p) / N) / density, the density from the sample.</summary>
    private static void AssertQuantile(double expected, double[] sample, double p, int referenceDraws)
    {
        const double Window = 0.005;
        var at = new double[3];
        new OrderStatistics(sample.Length).Quantiles(sample, [p - Window, p, p + Window], at);
        var error = Math.Sqrt(p * (1 - p) * (1.0 / sample.Length + 1.0 / referenceDraws)) * (at[2] - at[0]) / (2 * Window);
        Assert.Equal(expected, at[1], 4 * error);
    }
}
