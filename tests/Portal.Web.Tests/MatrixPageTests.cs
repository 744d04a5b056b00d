using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class MatrixPageTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Every_number_of_the_page_is_the_services_and_leads_to_its_cell()
    {
        var matrix = Scene.Matrix();
        Scene.Tell(_portal.Services, matrix);
        var page = await _portal.PageAsync("/studies/scene/matrix");
        Assert.Equal(matrix.Consensus.Select(cell => $"{Math.Round(cell.Mean!.Value * 100):F0}%"), page.Texts(".heat td svg text"));
        Assert.Equal("/studies/scene/cells/T1/F1", page.Hrefs(".heat td a")[0]);
        Assert.Contains("Version 12, newest", page.Text(".version"), StringComparison.Ordinal);
        Assert.Contains("12 of 12 cells are rated, by 9 raters of 4 organisations", page.Text(".lead"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_in_the_address_is_said_kept_in_every_link_and_gives_the_same_bytes_each_time()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var page = await _portal.PageAsync("/studies/scene/matrix?v=12");
        Assert.Contains("This page shows version 12 for good", page.Text(".pinned"), StringComparison.Ordinal);
        Assert.All(page.Hrefs(".heat td a"), href => Assert.EndsWith("?v=12", href, StringComparison.Ordinal));
        Assert.Equal(["/studies/scene/matrix", "/studies/scene/compare?a=12"], page.Hrefs(".pinned a"));
        Scene.Tell(_portal.Services, Scene.Matrix(version: 13, cell: (i, j) => Scene.Cell(i, j, 0.9)));
        Assert.Equal(page.Html, (await _portal.PageAsync("/studies/scene/matrix?v=12")).Html);
    }

    [Fact]
    public async Task The_citation_has_the_permalink_and_the_digest()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var cite = (await _portal.PageAsync("/studies/scene/matrix?view=coverage")).Text(".cite");
        Assert.Contains("/studies/scene/matrix?view=coverage&v=12", cite, StringComparison.Ordinal);
        Assert.Contains($"sha256:{Scene.Digest}", cite, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disagreement", "Where raters disagree")]
    [InlineData("coverage", "How many raters stand behind each cell")]
    [InlineData("table", "The matrix as a table")]
    [InlineData("sources", "What this version rests on")]
    public async Task Each_view_has_its_own_heading(string view, string heading)
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        Assert.Equal(heading, (await _portal.PageAsync($"/studies/scene/matrix?view={view}")).Text("h1"));
    }

    [Fact]
    public async Task The_view_of_changes_compares_with_the_version_published_before_or_with_the_one_asked_for()
    {
        var (matrix, cell) = (Scene.Matrix(), Scene.Cell(0, 0, 0));
        Scene.Tell(_portal.Services, matrix);
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/versions?after=12&limit=50", new MatrixVersions("scene",
            [new(9, "2026-11-22T09:00:00Z", "r", "d", 3), new(4, "2026-11-21T09:00:00Z", "r", "d", 12)], null));
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=9&b=12&lens=rohl-1", Diff(9, cell));
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=4&b=12&lens=rohl-1", Diff(4, cell));

        var page = await _portal.PageAsync("/studies/scene/matrix?view=change");
        Assert.Equal("What changed since version 9", page.Text("h1"));
        Assert.Equal("−30", page.Texts(".heat td svg text")[0]);
        Assert.All(page.Texts(".heat td svg text").Skip(1), text => Assert.Equal("·", text));
        Assert.Equal("What changed since version 4", (await _portal.PageAsync("/studies/scene/matrix?view=change&since=4")).Text("h1"));
    }

    [Fact]
    public async Task Where_nothing_was_published_before_the_view_of_changes_offers_the_first_entry()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Say(
            FakeServices.Matrix, "studies/scene/matrix/versions?after=12&limit=50", new MatrixVersions("scene", [], null));
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/diff?a=1&b=12&lens=rohl-1", Diff(1, Scene.Cell(0, 0, 0)));
        var page = await _portal.PageAsync("/studies/scene/matrix?view=change");
        Assert.StartsWith("No earlier version was published.", page.Text("main .notice"), StringComparison.Ordinal);
        var compared = await _portal.PageAsync(page.Hrefs("main .notice a").Single());
        Assert.Equal("What changed since version 1", compared.Text("h1"));
        Assert.Empty(compared.Hrefs("main .notice a"));
    }

    [Fact]
    public async Task An_unknown_version_answers_404_and_leads_to_the_newest()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        foreach (var version in new[] { "99", "x", "-1" })
        {
            var page = await _portal.PageAsync($"/studies/scene/matrix?v={version}", HttpStatusCode.NotFound);
            Assert.Contains("/studies/scene/matrix", page.Hrefs("main a"));
        }
    }

    [Theory]
    [InlineData("none", "The study waits for its owner to open a round.")]
    [InlineData("open", "Round 1 takes ratings now.")]
    [InlineData("blind", "Round 1 takes ratings now and shows them when it closes.")]
    public async Task A_version_without_ratings_says_so_and_what_it_waits_for(string mode, string words)
    {
        var rounds = mode == "none" ? Array.Empty<RoundView>() : [new RoundView(1, mode, "open")];
        Scene.Tell(_portal.Services, Scene.Matrix(cell: (i, j) => Scene.Cell(i, j, null)), Scene.View(rounds: rounds));
        var page = await _portal.PageAsync("/studies/scene/matrix");
        Assert.Contains("No rating is in this version yet. " + words, page.Text(".empty"), StringComparison.Ordinal);
        Assert.Equal(12, page.Texts(".heat td svg text").Count(text => text == "–"));
    }

    [Fact]
    public async Task An_unknown_lens_leads_to_the_same_page_under_the_headline()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var refusal = new FakeRefusal(400, "No such lens", "allowed: rohl-1");
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix?lens=nonsense", refusal);
        var page = await _portal.PageAsync("/studies/scene/matrix?lens=nonsense", HttpStatusCode.BadRequest);
        Assert.Contains("/studies/scene/matrix", page.Hrefs("main a"));
        Assert.Contains("allowed: rohl-1", page.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_matrix_service_the_page_says_what_is_missing_and_without_intake_it_shows_the_matrix()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        _portal.Services.Down(FakeServices.Intake);
        var page = await _portal.PageAsync("/studies/scene/matrix");
        Assert.Contains("rating-intake is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(12, page.Texts(".heat td svg text").Count);
        _portal.Services.Down(FakeServices.Matrix);
        page = await _portal.PageAsync("/studies/scene/matrix", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("matrix-aggregation is not answering", page.Text("main"), StringComparison.Ordinal);
        Assert.Empty(page.Texts(".heat"));
    }

    [Fact]
    public async Task Lag_a_blind_round_and_the_label_are_said()
    {
        Scene.Tell(_portal.Services, Scene.Matrix(label: "synthetic example"),
            Scene.View(label: "synthetic example", rounds: new RoundView(2, "blind", "open")));
        _portal.Services.Say(FakeServices.Intake, "ledger/scene", new TreeHead("scene", 15, "r", "s"));
        var page = await _portal.PageAsync("/studies/scene/matrix");
        Assert.Contains("Ledger entries received: 15. This version includes 12.", page.Text(".lag"), StringComparison.Ordinal);
        Assert.Contains("Round 2 is blind and open", page.Text("main"), StringComparison.Ordinal);
        Assert.Equal("synthetic example", page.Text(".study .badge"));
        Assert.Equal("synthetic example", page.Text(".figure .badge"));
    }

    [Theory]
    [InlineData("matrix")]
    [InlineData("disagreement")]
    [InlineData("coverage")]
    public async Task A_figure_can_be_had_as_picture_csv_and_json_of_its_version(string name)
    {
        Scene.Tell(_portal.Services, Scene.Matrix(label: "synthetic example"));
        var svg = new SvgPicture(await TextAsync($"/studies/scene/figures/{name}.svg?v=12", "image/svg+xml"));
        Assert.Equal(13, svg.Titles.Count);
        var csv = (await TextAsync($"/studies/scene/figures/{name}.csv?v=12", "text/csv")).Split("\r\n");
        Assert.Equal(14, csv.Length);
        Assert.StartsWith("study,label,version,as_of,lens,digest,technique,failure_mode,", csv[0], StringComparison.Ordinal);
        Assert.All(csv[1..13], row =>
            Assert.StartsWith("scene,synthetic example,12,2026-11-23T17:00:00.000000Z,rohl-1,6c38", row, StringComparison.Ordinal));
        var json = JsonDocument.Parse(await TextAsync($"/studies/scene/figures/{name}.json?v=12", "application/json")).RootElement;
        Assert.Equal(12, json.GetProperty("rows").GetArrayLength());
        Assert.Equal(Scene.Digest, json.GetProperty("digest").GetString());
        Assert.Equal("synthetic example", json.GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("/studies/scene/figures/nothing.svg?v=12")]
    [InlineData("/studies/scene/figures/matrix.exe?v=12")]
    [InlineData("/studies/scene/figures/matrix.svg?v=99")]
    [InlineData("/studies/scene/figures/ratings.svg?v=12")]
    [InlineData("/studies/scene/figures/ratings.csv?v=12&technique=T1&failure-mode=nothing")]
    public async Task A_figure_that_is_none_answers_404(string path)
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        using var answer = await _portal.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static MatrixDiff Diff(long since, ConsensusCell cell) => new(
        "scene", null, "rohl-1", new(since, "2026-11-22T09:00:00Z", "d"), new(12, "2026-11-23T17:00:00Z", "d"), 1, 0,
        [new("T1", "F1", cell with { Mean = 0.3 }, cell, -0.3, 0, true, false, 1, [10])], [], [],
        [new(10, Guid.Empty, "ratings-submitted", "org-a", "r-1", 1, "2026-11-23T17:00:00Z", null)]);

    private async Task<string> TextAsync(string path, string type)
    {
        using var answer = await _portal.Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        return text;
    }
}
