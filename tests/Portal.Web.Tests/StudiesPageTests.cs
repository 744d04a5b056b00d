using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class StudiesPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Studies_are_listed_with_their_label_round_and_newest_version()
    {
        Say(new StudySummary("a", "The <b>first</b>", "owner", "synthetic example", "open", 7, 6, 3, 2),
            new StudySummary("b", "The second", "owner", null, "closed", 1, 1, 1, null));
        _portal.Services.Say(FakeServices.Matrix, "matrix/heads", new MatrixHeads([new MatrixHead("a", 35, "d")]));

        var page = await _portal.PageAsync("/studies");

        Assert.Equal(["The <b>first</b>", "The second"], page.Texts("h2"));
        Assert.Equal(["/studies/a/matrix", "/studies/b/matrix"], page.Hrefs("h2 a"));
        Assert.Contains("synthetic example", page.Text("li:first-child .badge"), StringComparison.Ordinal);
        Assert.Contains("round 2 is open", page.Text(".cards li:first-child"), StringComparison.Ordinal);
        Assert.Contains("Newest version35", page.Text(".cards li:first-child"), StringComparison.Ordinal);
        Assert.Contains("none yet", page.Text(".cards li:last-child"), StringComparison.Ordinal);
        Assert.Contains("closed", page.Text(".cards li:last-child"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_studies_the_page_says_how_one_is_opened()
    {
        Say();
        Assert.Contains("No study has been opened yet", (await _portal.PageAsync("/studies")).Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_matrix_service_the_studies_are_listed_all_the_same()
    {
        Say(new StudySummary("a", "The first", "owner", null, "open", 7, 6, 3, null));
        _portal.Services.Down(FakeServices.Matrix);
        Assert.Contains("not known right now", (await _portal.PageAsync("/studies")).Text(".cards"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rating_intake_the_page_says_what_is_missing_and_asks_to_come_back()
    {
        _portal.Services.Down(FakeServices.Intake);
        var page = await _portal.PageAsync("/studies", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("rating-intake is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Matches("Quote trace [0-9a-f]{32}", page.Text("[role=alert]"));
    }

    private void Say(params StudySummary[] studies) =>
        _portal.Services.Say(FakeServices.Intake, "studies", new StudyList(studies, null));
}
