using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class AuditPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_entries_of_the_version_are_listed_newest_first_with_what_happened_and_whether_they_match()
    {
        var submitted = LedgerScene.Entry(2, LedgerScene.Ratings(new RatedItem("T1", "F1", Best: "0.5"), new RatedItem("T1", null)));
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=0&limit=12", LedgerScene.Page(0,
            LedgerScene.Entry(0, new StudyOpened("scene", "A scene", "owner", new Catalogue([], [], [])), null, null, null),
            LedgerScene.Entry(1, new RoundOpened(2, "blind"), null, null, 2), submitted, LedgerScene.Forged(submitted with { Index = 3 }),
            LedgerScene.Sealed(4), new LedgerEntry(5, "no leaf", new LedgerOpening(5, "?", "{}"), null)));
        var page = await _portal.PageAsync("/studies/scene/audit/entries");
        Assert.Equal(
            [
                "cannot be read", "sealed until its blind round closes", "2 ratings submitted", "2 ratings submitted",
                "round 2 opened, blind", "study opened",
            ],
            page.Texts("tbody td:nth-child(3)"));
        Assert.Equal(
            ["DOES NOT MATCH", "sealed", "DOES NOT MATCH", "matches", "matches", "matches"], page.Texts("tbody td:nth-child(7)"));
        Assert.Equal("/studies/scene/audit/entries/5", page.Hrefs("tbody a")[0]);
    }

    [Fact]
    public async Task An_entry_shows_what_was_rated_what_it_changed_and_its_bytes()
    {
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=7&limit=1", LedgerScene.Page(7, LedgerScene.Entry(
            7, LedgerScene.Ratings(
                new RatedItem("T1", "F1", Best: "0.5", Evidence: [new("javascript:alert(1)"), new("https://example.org/a")]),
                new RatedItem(null, "F2", Best: "0.1"), new RatedItem("T2", null, Best: "0.3")))));
        var (before, after) = (Scene.Cell(0, 0, 0.4), Scene.Cell(0, 0, 0.5));
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=7&b=8&lens=rohl-1", new MatrixDiff(
            "scene", null, "rohl-1", new(7, "2026-11-23T15:00:00Z", "d"), new(8, "2026-11-23T16:00:00Z", "d"), 0, 0,
            [new("T1", "F1", before, after, 0.1, 0, false, false, 1, [7])], [], [], []));
        var page = await _portal.PageAsync("/studies/scene/audit/entries/7?v=12");
        Assert.Equal(
            ["Technique 1 × Failure mode 1", "Likelihood of Failure mode 2", "Safety tax of Technique 2"],
            page.Texts("table:first-of-type tbody td:first-child").Take(3));
        Assert.Contains("/studies/scene/cells/T1/F1?v=12", page.Hrefs());
        Assert.Contains("https://example.org/a", page.Hrefs());
        Assert.DoesNotContain(page.Hrefs(), href => href.StartsWith("javascript", StringComparison.Ordinal));
        Assert.Contains("1 cell, 0 likelihoods and 0 safety taxes changed", page.Text("main"), StringComparison.Ordinal);
        Assert.Contains("it matches", page.Text("main"), StringComparison.Ordinal);
        Assert.Contains("http://traces.example/trace/4a36f1ab2c234b488ab751f480a4c168", page.Hrefs());
    }

    [Fact]
    public async Task A_sealed_entry_says_nothing_but_its_place_time_and_commitment()
    {
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=4&limit=1", LedgerScene.Page(4, LedgerScene.Sealed(4)));
        var page = await _portal.PageAsync("/studies/scene/audit/entries/4");
        Assert.Contains("belongs to a blind round that has not closed", page.Text("main"), StringComparison.Ordinal);
        Assert.Single(page.Texts(".bytes dd"));
    }

    [Theory]
    [InlineData("12")]
    [InlineData("99")]
    public async Task An_entry_that_is_not_in_the_version_answers_404(string index)
    {
        var page = await _portal.PageAsync($"/studies/scene/audit/entries/{index}?v=12", HttpStatusCode.NotFound);
        Assert.Contains($"entry {index} is not among them", page.Text("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries?from=x", "from is 'x'; allowed: a whole number from 0 to 11.")]
    [InlineData("entries?from=12", "from is '12'")]
    [InlineData("verify?from=0", "from is '0'; allowed: a whole number from 1 to 12.")]
    public async Task A_place_to_begin_that_is_none_is_refused_with_what_is_allowed(string address, string words)
    {
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=0&limit=12", LedgerScene.Page(0));
        var page = await _portal.PageAsync($"/studies/scene/audit/{address}", HttpStatusCode.BadRequest);
        Assert.Contains(words, Assert.Single(page.Texts("[role=alert]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rating_intake_the_page_says_what_is_missing()
    {
        _portal.Services.Down(FakeServices.Intake);
        var page = await _portal.PageAsync("/studies/scene/audit/entries", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("The entries cannot be shown", page.Text("main"), StringComparison.Ordinal);
    }
}
