using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    [Fact]
    public async Task Steps_are_told_as_the_cells_that_each_entry_changed_drawn_as_on_the_page()
    {
        var cells = Scene.Matrix().Consensus;
        var changed = cells[1] with { Mean = 0.11, Status = "ok" };
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/deltas?from=3&to=5&lens=rohl-1", new MatrixDeltas(
            "scene", null, "rohl-1", 3, 5, cells,
            [new(4, "2026-11-22T16:00:00Z", "d", []), new(5, "2026-11-22T17:00:00Z", "e", [changed])]));
        _portal.Services.Say(FakeServices.Intake, "ledger/scene/entries?from=3&limit=2", LedgerScene.Page(
            3, LedgerScene.Entry(3, LedgerScene.Ratings() with { Blind = true }),
            LedgerScene.Entry(4, LedgerScene.Ratings(new RatedItem("T1", "F2", Best: "0.1")))));
        var steps = await _portal.Http.GetFromJsonAsync<JsonElement>("/studies/scene/replay/steps.json?from=3&to=5");
        Assert.Equal(cells.Count, steps.GetProperty("cells").GetArrayLength());
        var (idle, last) = (steps.GetProperty("steps")[0], steps.GetProperty("steps")[1]);
        Assert.Contains("No cell changed: the round was blind", idle.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, idle.GetProperty("cells").GetArrayLength());
        Assert.Equal(5, last.GetProperty("version").GetInt64());
        Assert.Contains("/studies/scene/audit/entries/4", last.GetProperty("cause").GetString(), StringComparison.Ordinal);
        var cell = Assert.Single(last.GetProperty("cells").EnumerateArray());
        Assert.Equal("cells/T1/F2", cell.GetProperty("cell").GetString());
        Assert.Contains(">11%</text>", cell.GetProperty("drawn").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_that_no_service_gives_are_a_problem_so_that_the_page_is_shown_instead()
    {
        using var answer = await _portal.Http.GetAsync("/studies/scene/replay/steps.json?from=1&to=900");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("13")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_position_outside_the_ledger_is_refused_in_words_and_the_newest_is_shown(string at)
    {
        var page = await _portal.PageAsync($"/studies/scene/replay?at={at}", HttpStatusCode.BadRequest);
        Assert.Equal("Version 12 of 12", page.Text("[data-say]"));
        Assert.Contains($"at is '{at}'; allowed: a whole number from 1 to 12.", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/replay?at=12&v=12", page.Text(".cite"), StringComparison.Ordinal);
    }
}
