using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class ReplayPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/versions?after=13&limit=200", new MatrixVersions(
            "scene", [new(12, "2026-11-23T17:00:00Z", "r", "d", 3), new(5, "2026-11-22T17:00:00Z", "r", "d", 1)], null));
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_step_shows_the_matrix_then_what_caused_it_and_frames_what_changed()
    {
        var there = Scene.Matrix(version: 5);
        Scene.Tell(_portal.Services, there);
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=4&limit=1", LedgerScene.Page(4, LedgerScene.Entry(
            4, LedgerScene.Ratings(new RatedItem("T1", "F2", Best: "0.5")))));
        var cell = there.Consensus[1];
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=4&b=5&lens=rohl-1", new MatrixDiff(
            "scene", null, "rohl-1", new(4, "2026-11-22T16:00:00Z", "d"), new(5, "2026-11-22T17:00:00Z", "d"), 0, 0,
            [new("T1", "F2", cell, cell, 0, 0, false, false, 1, [4])], [], [], []));
        var page = await _portal.PageAsync("/studies/scene/replay?at=5");
        Assert.Equal("Version 5 of 12", page.Text("[data-say]"));
        Assert.Contains("1 rating submitted", page.Text(".cause"), StringComparison.Ordinal);
        Assert.Contains("Organisation A. 1 cell changed.", page.Text(".cause"), StringComparison.Ordinal);
        Assert.Equal(
            [1],
            page.Document.QuerySelectorAll(".heat tbody td").Select((td, i) => (td, i))
                .Where(pair => pair.td.QuerySelector("rect[stroke='#111111']") is not null).Select(pair => pair.i));
        Assert.Equal(
            [
                "/studies/scene/replay?at=1", "/studies/scene/replay?at=4", "/studies/scene/replay?at=6", "/studies/scene/replay?at=12",
            ],
            page.Hrefs(".pager a"));
        Assert.Equal(["12", "5"], page.Document.QuerySelectorAll("datalist option").Select(option => option.GetAttribute("value")!));
        Assert.Contains("/studies/scene/replay?at=5&v=12", page.Text(".cite"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "Version 1 of 12")]
    [InlineData("999", "Version 12 of 12")]
    [InlineData("x", "Version 12 of 12")]
    public async Task A_position_outside_the_ledger_is_its_nearest_end_and_what_is_missing_is_said(string at, string says)
    {
        var page = await _portal.PageAsync($"/studies/scene/replay?at={at}");
        Assert.Equal(says, page.Text("[data-say]"));
        Assert.NotEmpty(page.Texts("[role=alert]"));
    }
}
