using System.Net;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class RiskPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
        RiskScene.Tell(_portal.Services);
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_page_has_its_figures_each_with_the_sentence_that_they_are_judgement()
    {
        var page = await _portal.PageAsync("/studies/scene/risk");
        var figures = page.Document.QuerySelectorAll("figure").Select(one => one.Id).ToList();
        Assert.Equal(["together", "overlap", "pareto", "priorities", "settle"], figures);
        Assert.All(page.Texts(".caution"), text => Assert.Equal(RiskScene.Statement, text));
        Assert.Equal(figures.Count + 1, page.Texts(".caution").Count);
        Assert.Contains("Nobody rated how likely", page.Text("main"), StringComparison.Ordinal);
        Assert.Contains("T1/F2", page.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_pairs_modes_and_the_papers_conclusions_is_the_services()
    {
        var page = await _portal.PageAsync("/studies/scene/risk");
        Assert.Contains("r 0.77", page.Texts("#overlap .heat svg text"));
        Assert.Equal(["T1 adds nothing beside T2.", "F1 and F2 act as one."], page.Texts("#overlap + .points li"));
        Assert.Contains("Failure mode 1 is first, or one of the first, in 5 of 7", page.Text("main"), StringComparison.Ordinal);
        Assert.Equal(["✓ holds", "✗ does not hold", "– cannot be tested here"], page.Texts(".verdict"));
        Assert.Contains("They are worth 1.1 layers.", page.Text(".conclusions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_there_are_too_many_techniques_for_every_portfolio_the_rest_of_the_page_stands()
    {
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk/frontier?version=12&lens=rohl-1", new FakeRefusal(
            422, "Too many techniques for this question", "techniques is '40 long'; allowed: at most 20."));
        var page = await _portal.PageAsync("/studies/scene/risk");
        Assert.Equal(
            ["together", "overlap", "priorities", "settle"], page.Document.QuerySelectorAll("figure").Select(one => one.Id));
        Assert.Contains("at most 20", page.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_risk_scoring_the_page_says_once_what_is_missing()
    {
        _portal.Services.Down(FakeServices.Risk);
        var page = await _portal.PageAsync("/studies/scene/risk", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("risk-scoring is not answering", page.Texts("[role=alert]").Single(), StringComparison.Ordinal);
        Assert.Contains("What the matrix means for techniques used together cannot be shown", page.Text("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("together", 6)]
    [InlineData("overlap", 5)]
    [InlineData("pareto", 9)]
    [InlineData("priorities", 4)]
    [InlineData("settle", 3)]
    public async Task Its_figures_can_be_had_as_files(string name, int lines)
    {
        var address = $"/studies/scene/figures/{name}.{{0}}?v=12";
        new SvgPicture(await _portal.Http.GetStringAsync(string.Format(null, address, "svg"))).HoldsAllText();
        Assert.Equal(lines, (await _portal.Http.GetStringAsync(string.Format(null, address, "csv"))).Split("\r\n").Length);
    }
}
