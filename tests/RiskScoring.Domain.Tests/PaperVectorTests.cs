using System.Text.Json;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

/// <summary>The paper's table in two parameter cases, against exact rational arithmetic cross-checked with SCRAM.</summary>
public sealed class PaperVectorTests
{
    private const double Relative = 1e-13;

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Joint_failure_of_all_128_portfolios_is_the_published_one(string file)
    {
        var (model, vectors) = Load(file);
        var joint = new double[128];
        FailedSets.JointOfAll(model, joint);
        foreach (var expected in vectors.GetProperty("all_portfolios_joint").EnumerateObject())
            AssertClose(expected.Value.GetDouble(), joint[int.Parse(expected.Name, null)]);
    }

    [Theory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public void Every_listed_portfolio_has_the_published_measures_and_importance(string file)
    {
        var (all, vectors) = Load(file);
        foreach (var listed in vectors.GetProperty("portfolios").EnumerateObject().Select(entry => entry.Value))
        {
            var model = all.Of(all.IndexesOf([.. listed.GetProperty("techniques").EnumerateArray().Select(id => id.GetString()!)]));
            var alone = Enumerable.Range(0, model.Techniques.Count).Select(i => PortfolioMeasures.Alone(model, i)).ToArray();
            var joint = FailedSets.Joint(model);
            AssertClose(Number(listed, "joint"), joint);
            AssertClose(Number(listed, "independent"), PortfolioMeasures.Independent(alone));
            AssertClose(Number(listed, "penalty"), joint / PortfolioMeasures.Independent(alone));
            AssertClose(Number(listed, "n_eff"), PortfolioMeasures.EffectiveLayers(joint, alone)!.Value);
            var (low, high) = PortfolioMeasures.Frechet(alone);
            AssertClose(listed.GetProperty("frechet")[0].GetDouble(), low, scale: model.Techniques.Count);
            AssertClose(listed.GetProperty("frechet")[1].GetDouble(), high);
            foreach (var importance in Importance.Of(model))
            {
                var expected = listed.GetProperty("importance").GetProperty(importance.FailureMode);
                AssertClose(Number(expected, "mif"), importance.Birnbaum, scale: Number(expected, "R_if_certain"));
                AssertClose(Number(expected, "cif_fv"), importance.Criticality!.Value, scale: Number(expected, "dif"));
                AssertClose(Number(expected, "dif"), importance.Diagnostic!.Value);
                AssertClose(Number(expected, "raw"), importance.Raw!.Value);
                if (expected.GetProperty("rrw").ValueKind == JsonValueKind.Number)
                    AssertClose(Number(expected, "rrw"), importance.Rrw!.Value);
                else Assert.Null(importance.Rrw);
            }
        }
    }

    [Theory]
    [InlineData("independent")]
    [InlineData("shared")]
    public void Ten_techniques_that_share_nothing_or_everything_have_the_published_risk(string name)
    {
        var vectors = Read("simple.json").GetProperty(name);
        var pi = Doubles(vectors.GetProperty("pi"));
        var rows = vectors.GetProperty("V").EnumerateArray().Select(Doubles).ToArray();
        AssertClose(Number(vectors, "expected"), FailedSets.Joint(Model(
            [.. rows.Select((_, i) => $"t{i}")], [.. pi.Select((_, j) => $"m{j}")], pi, rows)));
    }

    internal static (RiskModel Model, JsonElement Vectors) Load(string file)
    {
        var vectors = Read(file);
        string[] Ids(string name) => [.. vectors.GetProperty(name).EnumerateArray().Select(id => id.GetString()!)];
        var rows = vectors.GetProperty("V").EnumerateArray().Select(Doubles).ToArray();
        return (Model(Ids("techniques"), Ids("modes"), Doubles(vectors.GetProperty("pi")), rows), vectors);
    }

    internal static RiskModel Model(string[] techniques, string[] modes, double[] likelihoods, double[][] means) => new(
        techniques, modes, likelihoods,
        [.. means.Select(row => (IReadOnlyList<Vulnerability>)[.. row.Select(mean => new Vulnerability(mean))])]);

    internal static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file))).RootElement;

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static double Number(JsonElement from, string name) => from.GetProperty(name).GetDouble();

    /// <param name="scale">Size of the terms whose difference the number is; a difference is only as exact as its terms.</param>
    private static void AssertClose(double expected, double actual, double scale = 0) => Assert.True(
        Math.Abs(actual - expected) <= Relative * Math.Max(Math.Abs(expected), scale), $"expected {expected:R}, not {actual:R}");
}
