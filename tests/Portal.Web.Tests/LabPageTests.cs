using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Lab;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class LabPageTests : IAsyncLifetime
{
    private const string Everything =
        "/studies/scene/lab?v=12&t=T1&t=T2&p.F1=30&c.T1/F2=5.5&need=2&floor=2&beta=10&together=F1,F2&cause=25&exclusive=1";

    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk:simulate?version=12&lens=rohl-1", LabScene.Answer());
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_address_is_the_question_and_nothing_else_is()
    {
        await _portal.PageAsync(Everything);
        var asked = JsonSerializer.Deserialize<SimulateRequest>(_portal.Services.Bodies.Last(), ContractJson.Options)!;
        Assert.Equal(["T1", "T2"], asked.Techniques);
        Assert.Equal([new LikelihoodOverride("F1", 0.3)], asked.Likelihoods);
        Assert.Equal([new CellOverride("T1", "F2", 0.055)], asked.Cells);
        Assert.Equal((2, 0.02, 0.1, true), (asked.LayersNeeded, asked.UnmodelledFloor, asked.ResidualBeta, asked.ExclusiveModes));
        Assert.Equal(["F1", "F2"], asked.Groups!.Single().FailureModes);
        Assert.Equal(0.25, asked.Groups!.Single().Beta);
        await _portal.PageAsync("/studies/scene/lab?t=T1&p.F1=&c.T1/F2=&need=&floor=&cause=");
        Assert.Equal("""{"techniques":["T1"]}""", _portal.Services.Bodies.Last());
    }

    [Fact]
    public async Task The_permalink_asks_the_same_and_the_form_shows_what_was_asked()
    {
        var page = await _portal.PageAsync(Everything);
        var permalink = page.Hrefs(".cite a")[0];
        Assert.Equal(page.Html, (await _portal.PageAsync(permalink)).Html);
        Assert.Equal(["T1", "T2"], page.Document.QuerySelectorAll("[name=t][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal("30", page.Document.GetElementById("p.F1")!.GetAttribute("value"));
        Assert.Equal("5.5", page.Document.GetElementById("c.T1/F2")!.GetAttribute("value"));
        Assert.Null(page.Document.GetElementById("p.F2")!.GetAttribute("value"));
        Assert.Equal("10", page.Document.GetElementById("p.F2")!.GetAttribute("placeholder"));
        Assert.All(page.Hrefs("#what-if .files a"), href => Assert.Contains("&c.T1%2FF2=5.5&", href, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answer_says_shared_against_independent_the_best_addition_and_what_would_change_it()
    {
        var page = await _portal.PageAsync(Everything);
        Assert.Equal(
            "Chance that Technique 1 and Technique 2 all fail together: 20%, 4.0 times the 5.0% of independent failures. "
            + "With the experts' numbers it is 10%.",
            page.Text(".claim-words"));
        Assert.Equal(["what-if", "what-if-modes", "what-if-cells"], page.Document.QuerySelectorAll("figure").Select(one => one.Id));
        Assert.Equal(3, page.Texts("figure .caution").Count);
        var add = page.Document.QuerySelector("[aria-labelledby=steps] tbody a")!;
        Assert.Equal("Add", add.TextContent.Trim());
        Assert.Contains("&t=T1,T2,T3&c.T1%2FF2=5.5&p.F1=30&", add.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("takes too long", page.Text("[aria-labelledby=dependence]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.F1=101", "p.F1 is '101'; allowed: a number from 0 to 100, in per cent.")]
    [InlineData("c.T1/F1=-1", "c.T1/F1 is '-1'")]
    [InlineData("beta=much", "beta is 'much'")]
    [InlineData("t=nothing", "t is 'nothing'; allowed: T1, T2, T3.")]
    [InlineData("together=F1,F9", "together is 'F9'; allowed: F1, F2, F3, F4.")]
    [InlineData("exclusive=2", "exclusive is '2'; allowed: 1.")]
    [InlineData("p.F9=5", "p.F9 is not there; allowed: p. followed by ids of the version's catalogue.")]
    [InlineData("c.T1/F9=5", "c.T1/F9 is not there")]
    [InlineData("need=3", "need is '3'; allowed: a whole number from 1 to 2.")]
    public async Task A_number_that_is_none_is_refused_with_what_is_allowed(string query, string words)
    {
        var page = await _portal.PageAsync($"/studies/scene/lab?t=T1,T2&{query}", HttpStatusCode.BadRequest);
        Assert.Contains(words, page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(_portal.Services.Bodies);
    }

    [Fact]
    public async Task One_failure_mode_with_a_common_cause_stays_ticked_and_is_told_to_need_another()
    {
        var page = await _portal.PageAsync("/studies/scene/lab?t=T1,T2&together=F1");
        Assert.Equal("F1", page.Document.QuerySelector("[name=together][checked]")!.GetAttribute("value"));
        Assert.Contains("tick another one", page.Text("#question .notice:not(noscript *)"), StringComparison.Ordinal);
        Assert.Equal("""{"techniques":["T1","T2"]}""", _portal.Services.Bodies.Single());
        Assert.DoesNotContain("tick another one", (await _portal.PageAsync(Everything)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_choice_the_studys_portfolio_is_shown_and_with_none_chosen_nothing_is_asked()
    {
        await _portal.PageAsync("/studies/scene/lab");
        Assert.Equal("""{"techniques":["T1","T2"]}""", _portal.Services.Bodies.Single());
        var page = await _portal.PageAsync("/studies/scene/lab?t=");
        Assert.Equal("Choose at least one technique.", page.Text("[data-say]"));
        Assert.Single(_portal.Services.Bodies);
    }

    [Fact]
    public async Task Without_risk_scoring_the_question_stands_and_the_page_says_what_is_missing()
    {
        _portal.Services.Down(FakeServices.Risk);
        var page = await _portal.PageAsync(Everything, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("risk-scoring is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("30", page.Document.GetElementById("p.F1")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("what-if", 3)]
    [InlineData("what-if-modes", 2)]
    [InlineData("what-if-cells", 2)]
    public async Task Its_figures_can_be_had_as_files(string name, int lines)
    {
        var address = $"/studies/scene/figures/{name}.{{0}}?v=12&t=T1,T2&p.F1=30";
        new SvgPicture(await _portal.Http.GetStringAsync(string.Format(null, address, "svg"))).HoldsAllText();
        Assert.Equal(lines + 1, (await _portal.Http.GetStringAsync(string.Format(null, address, "csv"))).Split("\r\n").Length);
    }

    [Fact]
    public void A_technique_can_be_added_to_the_question_and_taken_from_it()
    {
        var question = LabQuestion.Of(Scene.Matrix(), new QueryCollection(QueryHelpers.ParseQuery("t=T1,T2&p.F1=30")));
        Assert.Equal([("t", "T1,T2,T3"), ("p.F1", "30")], question.With("T3", isIn: true));
        Assert.Equal([("t", "T2"), ("p.F1", "30")], question.With("T1", isIn: false));
    }
}
