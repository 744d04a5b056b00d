using System.Security.Cryptography;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Samples;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class SampleTests
{
    [Fact]
    public void The_papers_study_is_one_sheet_of_the_49_verdicts_of_the_published_table()
    {
        var paper = Mesh.Vector("paper_a.json");
        var (techniques, modes) = (Strings(paper.GetProperty("techniques")), Strings(paper.GetProperty("modes")));
        var catalogue = PaperStudy.Study.Request.Catalogue;
        Assert.Equal(techniques, catalogue.Techniques.Select(item => item.Id));
        Assert.Equal(modes, catalogue.FailureModes.Select(item => item.Id));
        var sheet = Assert.Single(PaperStudy.Study.Steps.OfType<SampleStep.Submit>());
        Assert.Equal(49, sheet.Items.Count);
        var table = paper.GetProperty("table");
        foreach (var item in sheet.Items)
        {
            var mark = table[Array.IndexOf(techniques, item.Technique)][Array.IndexOf(modes, item.FailureMode)].GetString();
            Assert.Equal(mark switch { "x" => "vulnerable", "ok" => "resistant", _ => "uncertain" }, item.Verdict);
        }
    }

    [Fact]
    public void The_papers_study_invents_no_number()
    {
        var sheet = PaperStudy.Study.Steps.OfType<SampleStep.Submit>().Single();
        Assert.All(sheet.Items, item => Assert.Equal((null, null, null, null), (item.Best, item.Lower, item.Upper, item.Confidence)));
        Assert.Null(PaperStudy.Study.Request.Label);
    }

    [Fact]
    public void The_example_is_the_same_to_the_last_digit_on_every_machine()
    {
        var said = JsonSerializer.SerializeToUtf8Bytes(ExampleStudy.Study.Steps.Select(step => (object)step), ContractJson.Options);
        Assert.Equal("f2c73d61e0afb680b82872ded9dc3e70a48c16d29", Convert.ToHexStringLower(SHA256.HashData(said))[..41]);
    }

    [Fact]
    public void The_example_is_labelled_synthetic_wherever_it_shows()
    {
        Assert.Equal("synthetic example", ExampleStudy.Study.Request.Label);
        Assert.Contains("Synthetic", ExampleStudy.Study.Request.Title);
        var admitted = ExampleStudy.Study.Steps.OfType<SampleStep.Admit>();
        var invented = admitted.Where(admit => admit.Organisation != PaperStudy.Authors).ToArray();
        Assert.Equal(4, invented.Length);
        Assert.All(invented, admit => Assert.Contains("invented", admit.Name));
        Assert.All(Synthetic, sheet => Assert.All(sheet.Items, item => Assert.Contains("Synthetic", item.Rationale)));
    }

    [Fact]
    public void The_example_shows_several_raters_bounds_likelihoods_taxes_a_blind_round_revisions_and_a_withdrawal()
    {
        var steps = ExampleStudy.Study.Steps;
        var organisations = Synthetic.GroupBy(sheet => sheet.Organisation);
        Assert.All(organisations, one => Assert.True(one.Select(sheet => sheet.Rater).Distinct().Count() > 1));
        var items = Synthetic.SelectMany(sheet => sheet.Items).ToArray();
        Assert.Contains(items, item => item is { Verdict: not null, Best: null });
        Assert.Contains(items, item => item is { Lower: not null, Upper: not null, Confidence: not null });
        Assert.Contains(items, item => item is { Technique: null, FailureMode: not null });
        Assert.Contains(items, item => item is { Technique: not null, FailureMode: null });
        Assert.Equal(["blind", "open"], steps.OfType<SampleStep.OpenRound>().Select(round => round.Mode));
        Assert.Equal(1, Assert.Single(steps.OfType<SampleStep.CloseRound>()).Round);
        Assert.All(Synthetic.GroupBy(sheet => sheet.Rater), rater => Assert.Equal(2, rater.Count()));
        Assert.Single(steps.OfType<SampleStep.Withdraw>());
    }

    [Fact]
    public void Every_synthetic_rating_is_one_that_intake_takes()
    {
        foreach (var sheet in Synthetic)
        {
            Assert.Equal(sheet.Items.Count, sheet.Items.Select(item => (item.Technique, item.FailureMode)).Distinct().Count());
            Assert.All(sheet.Items, item =>
            {
                Assert.True(item.Verdict is not null || item.Best is not null);
                Assert.True(item.Best is null or (>= 0 and <= 1));
                Assert.True(!(item.Lower > item.Best) && !(item.Upper < item.Best));
                Assert.True(item.Confidence is null or (>= 0.5m and <= 0.99m));
            });
        }
    }

    private static IReadOnlyList<SampleStep.Submit> Synthetic =>
        [.. ExampleStudy.Study.Steps.OfType<SampleStep.Submit>().Where(sheet => sheet.Organisation != PaperStudy.Authors)];

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(name => name.GetString()!)];
}
