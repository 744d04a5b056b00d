using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed partial class OpenPsaTests(Scram scram) : IClassFixture<Scram>
{
    [SkippableTheory]
    [InlineData("paper_a.json")]
    [InlineData("paper_b.json")]
    public async Task Scram_gives_every_listed_portfolio_of_the_papers_table_the_same_probability_and_importance(string file)
    {
        await SkipWithoutScram();
        var (all, vectors) = PaperVectorTests.Load(file);
        foreach (var listed in vectors.GetProperty("portfolios").EnumerateObject())
            await AssertAgreed(all.Portfolio(listed.Value.GetProperty("mask").GetInt32()));
    }

    [SkippableFact]
    public async Task Scram_gives_seeded_random_matrices_the_same_probability_and_importance()
    {
        await SkipWithoutScram();
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var (n, m) = (random.Next(1, 6), random.Next(1, 6));
            double Cell() => random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
            double[] likelihoods = [.. Enumerable.Range(0, m).Select(_ => random.NextDouble())];
            double[][] means = [.. Enumerable.Range(0, n).Select(_ => likelihoods.Select(_ => Cell()).ToArray())];
            await AssertAgreed(Models.Of(likelihoods, means));
        }
    }

    [SkippableFact]
    public async Task Scram_gives_the_same_probability_that_at_least_so_many_fail()
    {
        await SkipWithoutScram();
        var model = PaperVectorTests.Load("paper_b.json").Model.Of([0, 3, 4, 5]);
        var atLeast = Layers.AtLeast(model);
        for (var k = 1; k <= 4; k++)
            Printed((await scram.AnalyseAsync(OpenPsa.Of(model, k))).Probability, atLeast[k]);
    }

    [SkippableFact]
    public async Task Scram_reads_a_technique_that_nothing_overcomes_and_ids_that_are_no_names()
    {
        await SkipWithoutScram();
        var odd = new RiskModel(
            ["a b", "a-b", "ü", "<&>"], ["x/1", "x 1"], [0.25, 0.5],
            [.. Enumerable.Repeat((IReadOnlyList<Vulnerability>)[new(0.5), new(1)], 3), [new(0), new(0)]]);
        var three = odd.Of([0, 1, 2]);
        Printed((await scram.AnalyseAsync(OpenPsa.Of(three))).Probability, FailedSets.Joint(three));
        Assert.Equal(0, (await scram.AnalyseAsync(OpenPsa.Of(odd))).Probability);
    }

    [Fact]
    public void The_tree_of_debate_and_representation_engineering_is_the_one_a_reader_expects()
    {
        var tree = XElement.Parse(OpenPsa.Of(PaperVectorTests.Load("paper_a.json").Model.Portfolio(0b11000)));
        XElement Gate(string name) => tree.Descendants("define-gate").Single(gate => gate.Attribute("name")!.Value == name);
        Assert.Equal(["fails-Debate", "fails-RE"], Gate(OpenPsa.Top).Element("and")!.Elements("gate").Select(NameOf));
        Assert.Equal(["obtains-DEC-AL", "obtains-AL-GEN"], Gate("fails-RE").Element("or")!.Elements().Select(NameOf));
        Assert.Equal(
            ["obtains-S-TAX", "overcome-1-by-1"], Gate("fails-Debate").Element("or")!.Element("and")!.Elements().Select(NameOf));
        Assert.Contains("not an observed frequency", tree.ToString(), StringComparison.Ordinal);
        var events = tree.Descendants("define-basic-event").ToDictionary(NameOf, one => one.Element("float")!.Attribute("value")!.Value);
        Assert.Equal("0.5", events["overcome-1-by-1"]);
        Assert.Equal(8, events.Count);
    }

    [Fact]
    public void Names_are_different_and_allowed_whatever_the_ids_and_labels_keep_them()
    {
        string[] ids = ["a b", "a-b", "A.B", "", "---", "é", "x\u0001y", "_"];
        var model = new RiskModel(ids, ["m"], [0.5], [.. ids.Select(_ => (IReadOnlyList<Vulnerability>)[new(1)])]);
        var tree = XElement.Parse(OpenPsa.Of(model));
        string[] names = [.. tree.Descendants("define-gate").Select(NameOf)];
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        Assert.All(names, name => Assert.Matches(Name(), name));
        var labels = tree.Descendants("define-gate").Skip(1).Select(gate => gate.Element("label")!.Value);
        Assert.Equal(["a b", "a-b", "A.B", "", "---", "é", "xy", "_"], labels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_number_of_failures_that_no_portfolio_has_is_refused(int failing) =>
        Assert.Equal(
            "1 to 2, the number of techniques",
            Assert.Throws<RiskInputException>(() => OpenPsa.Of(Models.Of([0.5], [[1], [1]]), failing)).Allowed);

    private async Task SkipWithoutScram()
    {
        var missing = await scram.MissingAsync();
        Skip.If(missing is not null, missing);
    }

    private async Task AssertAgreed(RiskModel model)
    {
        // All seven techniques have 823 543 cut sets; those of one or two modes have every event in them.
        var report = await scram.AnalyseAsync(OpenPsa.Of(model), model.Techniques.Count > 5 ? model.Techniques.Count + 2 : 20);
        Printed(report.Probability, FailedSets.Joint(model));
        if (report.Probability == 0) return;
        foreach (var mode in Importance.Of(model))
        {
            var name = "obtains-" + mode.FailureMode;
            if (report.Of("MIF", name) is not { } birnbaum) continue;
            Printed(birnbaum, mode.Birnbaum, mode.Raw!.Value * report.Probability);
            Printed(report.Of("CIF", name)!.Value, mode.Criticality!.Value, mode.Diagnostic!.Value);
            Printed(report.Of("DIF", name)!.Value, mode.Diagnostic!.Value);
            Printed(report.Of("RAW", name)!.Value, mode.Raw!.Value);
            if (mode.Rrw is { } rrw) Printed(report.Of("RRW", name)!.Value, rrw);
        }

        foreach (var (cell, place) in CellImportances.Of(model).Select((cell, place) => (cell, place)))
        {
            var m = model.FailureModes.Count;
            if (report.Of("MIF", $"overcome-{place / m + 1}-by-{place % m + 1}") is { } birnbaum)
                Printed(birnbaum, cell.Derivative, report.Probability);
        }
    }

    /// <summary>Equal to the six digits that SCRAM prints: half a unit of the last one.</summary>
    /// <param name="scale">Of the two numbers whose difference it is: SCRAM takes it, so it is off by a rounding of them.</param>
    private static void Printed(double printed, double actual, double scale = 0)
    {
        var last = printed == 0 ? 0 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(printed))) - 5);
        Assert.Equal(printed, actual, 0.5 * last * (1 + 1e-6) + 1e-14 * scale);
    }

    private static string NameOf(XElement element) => element.Attribute("name")!.Value;

    [GeneratedRegex(@"^[a-zA-Z]\w*(-\w+)*$")]
    private static partial Regex Name();
}
