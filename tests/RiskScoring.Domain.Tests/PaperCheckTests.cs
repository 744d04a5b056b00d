namespace AlignmentMesh.RiskScoring.Domain.Tests;

public sealed class PaperCheckTests
{
    private const double Digits = 5e-4;

    [Theory]
    [InlineData("paper_a.json", 0, "holds", 1.112)]
    [InlineData("paper_a.json", 1, "holds-partly", 0.7468)]
    [InlineData("paper_a.json", 2, "holds-partly", 79.0 / 127)]
    [InlineData("paper_a.json", 3, "holds-partly", 0.477)]
    [InlineData("paper_a.json", 4, "holds-partly", 1.0e-3)]
    [InlineData("paper_a.json", 5, "holds-partly", 0.1339)]
    [InlineData("paper_a.json", 6, "holds", 1)]
    [InlineData("paper_b.json", 0, "holds", 1.2775)]
    [InlineData("paper_b.json", 2, "holds-partly", 95.0 / 127)]
    [InlineData("paper_b.json", 3, "holds-partly", 0.411)]
    [InlineData("paper_b.json", 5, "holds-partly", 0.1338)]
    public void The_papers_table_bears_its_conclusions_out_as_far_as_published(string file, int place, string verdict, double figure)
    {
        var conclusion = PaperCheck.Of(PaperVectorTests.Load(file).Model)[place];
        Assert.Equal(verdict, conclusion.Verdict);
        Assert.Equal(figure, conclusion.Figure!.Value, Digits);
    }

    [Fact]
    public void The_words_carry_what_the_paper_does_not_say()
    {
        var words = PaperCheck.Of(PaperVectorTests.Load("paper_a.json").Model).Select(conclusion => conclusion.Words).ToArray();
        Assert.Contains("Together they fail with 0.1339, representation engineering alone with 0.19.", words[1]);
        Assert.Contains("that of S-TAX 0.324", words[2]);
        Assert.Contains("The least correlated pair is RE with ScientistAI (0)", words[3]);
        Assert.Contains("the pair that fails least RE with ScientistAI (0.0357)", words[3]);
        Assert.Contains("0.001, what 3 independent layers are worth", words[4]);
        Assert.Contains("RLHF with ScientistAI fails with 0.1021 and costs no more, 4", words[5]);
    }

    [Fact]
    public void In_case_b_the_pipeline_still_buys_a_little_beside_representation_engineering()
    {
        var idle = PaperCheck.Of(PaperVectorTests.Load("paper_b.json").Model)[6];
        var joint = PaperVectorTests.Load("paper_b.json").Model.JointOfAll();
        Close.To(joint[0b10111] / joint[0b10000], idle.Figure);
        Assert.Equal(PaperCheck.DoesNotHold, idle.Verdict);
    }

    [Fact]
    public void A_table_where_the_conclusions_are_wrong_is_told_so()
    {
        // Every technique has a failure mode of its own, the first two a milder one, and AL-GEN does nothing.
        var model = Table((i, j) => i == j && j < 6 ? (i < 2 ? 0.5 : 1) : 0, taxes: [3, 3, 3, 9, 9, 1, 1]);
        var verdicts = PaperCheck.Of(model).Select(conclusion => conclusion.Verdict).ToArray();
        Assert.Equal(
            ["does-not-hold", "does-not-hold", "does-not-hold", "holds", "holds-partly", "does-not-hold", "does-not-hold"], verdicts);
    }

    [Fact]
    public void A_table_where_only_AL_GEN_matters_bears_them_out()
    {
        var model = Table((_, j) => j == 6 ? 1 : 0, taxes: [1, 1, 1, 1, 1, 3, 3]);
        Assert.Equal(
            ["holds", "holds", "holds", "does-not-hold", "holds-partly", "holds-partly", "holds"],
            PaperCheck.Of(model).Select(conclusion => conclusion.Verdict));
    }

    [Fact]
    public void The_order_of_a_matrix_changes_nothing()
    {
        var model = PaperVectorTests.Load("paper_b.json").Model;
        Assert.Equal(PaperCheck.Of(model), PaperCheck.Of(model.Of([6, 2, 4, 0, 1, 3, 5])));
    }

    [Fact]
    public void A_matrix_of_other_techniques_is_told_what_it_lacks()
    {
        var conclusions = PaperCheck.Of(Models.Of([0.1], [[0.5]]));
        Assert.Equal("not-testable", conclusions[0].Verdict);
        Assert.Null(conclusions[0].Figure);
        Assert.Equal("The matrix lacks RLHF, RLAIF, W2S, Debate, RE, ScientistAI, IDA, AL-GEN.", conclusions[0].Words);
        Assert.Equal("holds-partly", conclusions[4].Verdict);
    }

    private static RiskModel Table(Func<int, int, double> vulnerability, double?[] taxes)
    {
        var paper = PaperVectorTests.Load("paper_a.json").Model;
        return new RiskModel(
            paper.Techniques, paper.FailureModes, paper.Likelihoods.ToArray(),
            [.. Enumerable.Range(0, 7).Select(i => Enumerable.Range(0, 7).Select(j => new Vulnerability(vulnerability(i, j))).ToArray())],
            taxes);
    }
}
