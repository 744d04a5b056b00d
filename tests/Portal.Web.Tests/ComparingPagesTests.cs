using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>Disagreement, comparison, and the pages of techniques and failure modes.</summary>
public sealed class ComparingPagesTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Divided());
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Disagreement_shows_each_organisation_and_the_cells_that_divide()
    {
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/organisations?version=12", new OrganisationViews(
            "scene", null, 12, Scene.Digest, [new("org-a", 2, new double?[12])]));
        var page = await _portal.PageAsync("/studies/scene/disagreement");
        Assert.Equal(["organisations", "divisive"], page.Document.QuerySelectorAll("figure").Select(one => one.Id));
        Assert.Contains("/studies/scene/cells/T1/F1", page.Hrefs("#divisive td a"));
    }

    [Fact]
    public async Task Disagreement_without_any_rating_says_so()
    {
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/organisations?version=12", new OrganisationViews(
            "scene", null, 12, Scene.Digest, []));
        Assert.Contains("nothing to disagree about", (await _portal.PageAsync("/studies/scene/disagreement")).Text("main"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_published_before_the_first_entry_is_offered()
    {
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/versions?limit=200", new MatrixVersions(
            "scene", [new(12, "2026-11-23T17:00:00Z", "r", "d", 3)], null));
        var page = await _portal.PageAsync("/studies/scene/compare");
        Assert.Equal("/studies/scene/compare?a=1&b=12", page.Hrefs("main .notice a").Single());
    }

    [Fact]
    public async Task A_comparison_names_both_versions_what_changed_and_the_entries_that_caused_it()
    {
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/versions?limit=200", new MatrixVersions(
            "scene", [new(12, "2026-11-23T17:00:00Z", "r", "d", 3), new(8, "2026-11-22T17:00:00Z", "r", "d", 1)], null));
        var cell = Scene.Cell(0, 0, 0.5);
        var diff = new MatrixDiff(
            "scene", null, "rohl-1", new(8, "2026-11-22T17:00:00Z", "d"), new(12, "2026-11-23T17:00:00Z", "d"), 1, 0,
            [
                new("T1", "F1", cell with { Mean = 0.3 }, cell, 0.2, 0, true, false, 1, [9]),
                new("T1", "F2", Scene.Cell(0, 1, null), Scene.Cell(0, 1, 0.4), null, null, true, true, 1, [9]),
            ],
            [new("F1", new("F1", 0.1, null, null, 0, 0, true), new("F1", 0.2, 0.2, 0.2, 1, 1, false), 0.1, 1, [9])], [],
            [new(9, Guid.Empty, "ratings-submitted", "org-a", "r-1", 1, "2026-11-23T17:00:00Z", null)]);
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=8&b=12&lens=rohl-1", diff);
        foreach (var address in new[] { "/studies/scene/compare", "/studies/scene/compare?a=8&b=12" })
        {
            var page = await _portal.PageAsync(address);
            Assert.Equal("From version 8 to version 12", page.Text("h1"));
            Assert.StartsWith(
                "2 cells changed, 1 of them got a first number, 1 with another verdict, because of 1 ledger entry", page.Text(".lead"),
                StringComparison.Ordinal);
            Assert.StartsWith("/studies/scene/audit/entries/9", page.Hrefs("#causes ~ div a").Single(), StringComparison.Ordinal);
            Assert.Contains("Likelihood of Failure mode 1: 10% to 20%", page.Text("main"), StringComparison.Ordinal);
        }

        foreach (var a in new[] { "99", "0", "x" })
        {
            var page = await _portal.PageAsync($"/studies/scene/compare?a={a}&b=12", HttpStatusCode.BadRequest);
            Assert.Contains($"a is '{a}'; allowed: a whole number from 1 to 12.", page.Text("[role=alert]"), StringComparison.Ordinal);
            Assert.Empty(page.Texts("figure"));
        }
    }

    [Fact]
    public async Task A_techniques_page_has_its_definition_its_cost_its_risk_alone_and_its_row()
    {
        _portal.Services.Say(FakeServices.Risk, "studies/scene/risk?version=12&lens=rohl-1", CellScene.Report());
        var page = await _portal.PageAsync("/studies/scene/techniques/T2");
        Assert.Equal("The definition of Technique 2.", page.Text(".lead"));
        Assert.Contains("20%, by 4 raters of 2 organisations", page.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("Chance that it fails when used alone40%", page.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/cells/T2/F4", page.Hrefs("#technique td a"));
    }

    [Fact]
    public async Task A_failure_modes_page_says_that_its_likelihood_is_assumed_and_has_its_column()
    {
        var page = await _portal.PageAsync("/studies/scene/failure-modes/F3");
        Assert.Contains("10%, assumed: nobody rated it", page.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/cells/T3/F3", page.Hrefs("#failure-mode td a"));
    }

    [Theory]
    [InlineData("techniques", "techniques/T1")]
    [InlineData("failure-modes", "failure-modes/F4")]
    public async Task The_catalogue_lists_every_item_and_an_unknown_one_answers_404(string path, string item)
    {
        Assert.Contains($"/studies/scene/{item}", (await _portal.PageAsync($"/studies/scene/{path}")).Hrefs());
        _ = await _portal.PageAsync($"/studies/scene/{path}/nothing", HttpStatusCode.NotFound);
    }
}
