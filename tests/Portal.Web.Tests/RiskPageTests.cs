using System.Net;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class RiskPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk?version=12&lens=rohl-1", CellScene.Report(every: false));
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk?version=12&lens=rohl-1&portfolios=all", CellScene.Report());
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_page_has_its_four_figures_each_with_the_sentence_that_they_are_judgement()
    {
        var page = await _portal.PageAsync("/studies/scene/risk");
        Assert.Equal(["together", "overlap", "pareto", "priorities"], page.Document.QuerySelectorAll("figure").Select(one => one.Id));
        Assert.All(page.Texts(".caution"), text => Assert.Equal("Expert judgement, not an observed frequency.", text));
        Assert.Equal(4, page.Texts(".caution").Count);
        Assert.Contains("Nobody rated how likely", page.Text("main"), StringComparison.Ordinal);
        Assert.Contains("T1/F2", page.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_there_are_too_many_techniques_for_every_portfolio_the_rest_of_the_page_stands()
    {
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk?version=12&lens=rohl-1&portfolios=all", new FakeRefusal(
            422, "Too many techniques for this question", "techniques is '20'; allowed: at most 12."));
        var page = await _portal.PageAsync("/studies/scene/risk");
        Assert.Equal(["together", "priorities"], page.Document.QuerySelectorAll("figure").Select(one => one.Id));
        Assert.Contains("at most 12", page.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_risk_scoring_the_page_says_what_is_missing()
    {
        _portal.Services.Down(FakeServices.Risk);
        var page = await _portal.PageAsync("/studies/scene/risk", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("risk-scoring is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("What the matrix means for techniques used together cannot be shown", page.Text("main"), StringComparison.Ordinal);
    }
}
