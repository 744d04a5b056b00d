using System.Net;
using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>However large a study is, its report comes, says what it left out, and holds nobody up.</summary>
[Collection(OnRealServers.Name)]
public sealed class ExtremeModelsTests(OneHost one) : IClassFixture<OneHost>
{
    [Theory]
    [InlineData(40, 40, "importance", "jointSharedByMode")]
    [InlineData(22, 40, "importance", "jointSharedByMode")]
    [InlineData(12, 600, "jointSharedByMode")]
    [InlineData(60, 60, "importance", "jointSharedByMode")]
    public async Task A_large_dense_model_is_scored_with_what_there_is_time_for_and_the_next_study_too(
        int techniques, int modes, params string[] leftOut)
    {
        var (large, small) = (one.Servers.Study(), one.Servers.Study());
        await one.Servers.PublishAsync(PaperMatrix.Dense(large, 3, techniques, modes, k => 0.05 + 0.9 * (k % 11) / 11));
        await one.ScoreAsync(small, 5);
        await one.Host.WaitForVersionAsync(large, 3);
        foreach (var lens in Lenses.All)
        {
            var report = await one.Host.GetAsync<RiskReport>($"studies/{large}/risk?lens={lens}");
            Assert.True(report.Published);
            Assert.Equal(ScoreRisk.DigestOf(report), report.Digest);
            foreach (var what in leftOut.Where(what => lens != "crisp" || what != "jointSharedByMode"))
                Assert.Contains(report.LeftOut!, reason => reason.StartsWith(what, StringComparison.Ordinal));
            Assert.True(report.Portfolios.Count >= techniques);
            Assert.All(report.Portfolios, portfolio => Assert.InRange(portfolio.Joint, 0, portfolio.Frechet[1] * (1 + 1e-9)));
        }
    }

    [Fact]
    public async Task A_sampled_joint_has_its_error_and_its_bracket_and_stays_what_it_is()
    {
        var study = one.Servers.Study();
        var matrix = PaperMatrix.Dense(study, 3, 40, 40, k => 0.05 + 0.9 * (k % 11) / 11);
        await one.Servers.PublishAsync(matrix);
        await one.Host.WaitForVersionAsync(study, 3);
        var report = await one.Host.GetAsync<RiskReport>($"studies/{study}/risk?lens=crisp");
        var all = report.Portfolios.Single(portfolio => portfolio.Techniques.Count == 40);
        Assert.Equal("importance-sampling", all.Estimate!.Algorithm);
        Assert.InRange(all.Joint, all.Estimate.Bracket![0], all.Estimate.Bracket[1]);
        Assert.Equal(report.Digest, new ScoreRisk(matrix, "crisp").Report(PortfolioChoice.Main).Digest);
    }

    [Fact]
    public async Task A_degenerate_model_is_scored_too()
    {
        var (unrated, single) = (one.Servers.Study(), one.Servers.Study());
        await one.Servers.PublishAsync(PaperMatrix.Dense(unrated, 3, 13, 3, _ => null));
        await one.Servers.PublishAsync(PaperMatrix.Dense(single, 3, 1, 1, _ => 0));
        await one.Host.WaitForVersionAsync(unrated, 3);
        await one.Host.WaitForVersionAsync(single, 3);
        var all = (await one.Host.GetAsync<RiskReport>($"studies/{unrated}/risk")).Portfolios.Single(one => one.Techniques.Count == 13);
        Assert.True(all.Incomplete);
        Assert.Equal(0, all.UnratedBounds[0]);
        Assert.Equal(0, (await one.Host.GetAsync<RiskReport>($"studies/{single}/risk")).Portfolios.Single().Joint);
    }

    [Theory]
    [InlineData("portfolios/T1,T2,T3", HttpStatusCode.OK)]
    [InlineData("importance", HttpStatusCode.OK)]
    [InlineData("overlap", HttpStatusCode.OK)]
    [InlineData("paper", HttpStatusCode.OK)]
    [InlineData("openpsa", HttpStatusCode.OK)]
    [InlineData("frontier", HttpStatusCode.UnprocessableEntity)]
    [InlineData("cells", HttpStatusCode.UnprocessableEntity)]
    public async Task A_question_about_it_is_answered_as_far_as_it_can_be(string question, HttpStatusCode status)
    {
        var study = one.Servers.Study();
        one.Matrix.Keep(PaperMatrix.Dense(study, 3, 40, 40, k => 0.05 + 0.9 * (k % 11) / 11));
        using var answer = await one.Host.RawAsync($"studies/{study}/risk/{question}?version=3");
        Assert.True(answer.StatusCode == status, await answer.Content.ReadAsStringAsync());
    }
}
