using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class CellPageTests : IAsyncLifetime
{
    private const string Path = "/studies/scene/cells/T1/F1";
    private const string Salt = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_claim_is_the_services_and_every_rating_leads_to_its_ledger_entry_and_trace()
    {
        Tell(CellScene.Lineage());
        var page = await _portal.PageAsync(Path);
        Assert.Equal("How vulnerable is Technique 1 to Failure mode 1?", page.Text("h1"));
        Assert.Contains("62%, vulnerable, contested, by the judgement of 5 raters", page.Text(".claim"), StringComparison.Ordinal);
        Assert.Contains("90% interval 47% to 77%", page.Text(".claim"), StringComparison.Ordinal);
        Assert.Contains("Fragile", page.Text(".points"), StringComparison.Ordinal);
        Assert.Contains("1 of 2 other lenses give the same verdict", page.Text(".points"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/audit/entries/9", page.Hrefs());
        Assert.Contains("http://traces.example/trace/4a36f1ab2c234b488ab751f480a4c168", page.Hrefs());
        Assert.Contains("no: a definition changed since", page.Text("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("median", "You came from the lens Median of raters, under which it is 60%, uncertain. Everything else here is about")]
    [InlineData("int-w-agg", "You came from the lens Weights by interval width. Everything else here is about")]
    public async Task Whoever_comes_from_another_lens_reads_its_number_and_that_the_page_is_about_the_headline(string lens, string words)
    {
        Tell(CellScene.Lineage());
        Scene.Tell(_portal.Services, Scene.Matrix(lens: lens));
        var page = await _portal.PageAsync($"{Path}?lens={lens}");
        Assert.Contains("62%, vulnerable", page.Text(".claim"), StringComparison.Ordinal);
        Assert.StartsWith(words, page.Text(".points li"), StringComparison.Ordinal);
        Assert.DoesNotContain("You came", (await _portal.PageAsync(Path)).Text("main"), StringComparison.Ordinal);
        var csv = await _portal.Http.GetStringAsync($"/studies/scene/figures/history.csv?v=12&lens={lens}&technique=T1&failure-mode=F1");
        Assert.Contains(",rohl-1,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(lens, csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_nobody_rated_says_so_and_what_a_blind_round_keeps_back()
    {
        Tell(
            CellScene.Lineage([], [], null, "no_data") with
            {
                Organisations = [],
                Multiverse = null,
                Disagreement = null,
                NotCounted = [],
                AiRaters = null,
                Fragile = false,
            },
            new RoundView(1, "blind", "open"));
        var page = await _portal.PageAsync(Path);
        Assert.Contains("No number: not rated yet", page.Text(".claim"), StringComparison.Ordinal);
        Assert.Contains("A blind round is open", page.Text("main"), StringComparison.Ordinal);
        Assert.Empty(page.Texts("figure"));
    }

    [Fact]
    public async Task Reasons_are_the_raters_words_as_text_with_safe_links_and_an_erased_one_says_why()
    {
        var why = Guid.Parse("0199a7f0-0000-7000-8000-000000000001");
        Tell(CellScene.Lineage(
        [
            CellScene.Rating(3, "org-a", best: "0.8") with
            {
                RationaleHash = "aa",
                Evidence = [new("https://example.org/paper", "bb"), new("https://example.org/plain"), new("javascript:alert(1)")],
            },
            CellScene.Rating(5, "org-a", best: "0.7") with { RationaleHash = "cc" },
            CellScene.Rating(7, "org-b", best: "0.2") with { RationaleHash = "dd" }, CellScene.Rating(9, "org-b", best: "0.3"),
        ]));
        Words(
            "entry=7&entry=5&entry=3", [new("aa", "Because <script>alert(1)</script>", Salt), new("bb", "A paper", Salt)],
            [new("cc", why)]);
        var page = await _portal.PageAsync(Path);
        Assert.Equal("Because <script>alert(1)</script>", Assert.Single(page.Texts("blockquote")));
        Assert.Equal(["A paper", "https://example.org/plain", "javascript:alert(1)"], page.Texts(".evidence a"));
        Assert.Equal(["https://example.org/paper", "https://example.org/plain", ""], page.Hrefs(".evidence a"));
        Assert.Equal(3, page.Texts(".reasons > li").Count);
        Assert.Contains($"The text was erased; ledger event {why} says why", page.Text(".reasons"), StringComparison.Ordinal);
        Assert.Contains("no ledger event says that it was erased", page.Text(".reasons"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/audit/entries/7", page.Hrefs(".reasons a"));
    }

    [Fact]
    public async Task More_reasons_than_a_page_holds_are_on_the_next_one_and_without_intake_the_rest_of_the_page_stands()
    {
        Tell(CellScene.Lineage(
            [.. Enumerable.Range(1, 23).Select(i => CellScene.Rating(i, "org-a", best: "0.8") with { RationaleHash = $"h{i}" })]));
        Words(string.Join('&', Enumerable.Range(0, 20).Select(i => $"entry={23 - i}")), [new("h23", "the newest", Salt)]);
        var page = await _portal.PageAsync(Path);
        Assert.Equal(20, page.Texts(".reasons > li").Count);
        var next = Assert.Single(page.Hrefs("main a"), address => address.Contains("reasons-before=4", StringComparison.Ordinal));
        Words("entry=3&entry=2&entry=1", [new("h1", "the first", Salt)]);
        page = await _portal.PageAsync(next);
        Assert.Equal("the first", Assert.Single(page.Texts("blockquote")));
        Assert.DoesNotContain(page.Hrefs("main a"), address => address.Contains("reasons-before", StringComparison.Ordinal));

        _portal.Services.Down(FakeServices.Intake);
        page = await _portal.PageAsync(Path);
        Assert.Contains("The raters' words cannot be shown", page.Text("main"), StringComparison.Ordinal);
        Assert.Equal(20, page.Texts(".reasons > li").Count);
        Assert.Empty(page.Texts("blockquote"));
    }

    [Fact]
    public async Task An_unknown_cell_answers_404_in_the_words_of_the_service()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var page = await _portal.PageAsync("/studies/scene/cells/T1/nothing", HttpStatusCode.NotFound);
        Assert.Contains("Nothing is known at", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("/studies/scene/matrix", page.Hrefs("main > div p a"));
        Assert.Empty(page.Texts(".cite"));
    }

    [Theory]
    [InlineData("ratings", 4)]
    [InlineData("lenses", 3)]
    [InlineData("history", 3)]
    public async Task The_figures_of_a_cell_can_be_had_as_files(string name, int rows)
    {
        Tell(CellScene.Lineage());
        var address = $"/studies/scene/figures/{name}.{{0}}?v=12&technique=T1&failure-mode=F1";
        _ = new SvgPicture(await _portal.Http.GetStringAsync(string.Format(null, address, "svg")));
        var csv = await _portal.Http.GetStringAsync(string.Format(null, address, "csv"));
        Assert.Equal(rows + 2, csv.Split("\r\n").Length);
    }

    private void Tell(CellLineage cell, params RoundView[] rounds)
    {
        Scene.Tell(_portal.Services, Scene.Matrix(), Scene.View(rounds: rounds));
        _portal.Services.Say(FakeServices.Matrix, "studies/scene/matrix/cells/T1/F1?version=12", cell);
    }

    private void Words(string entries, IReadOnlyList<ReleasedRationale> texts, IReadOnlyList<ErasedText>? erased = null) =>
        _portal.Services.Say(
            FakeServices.Intake, $"studies/scene/rationales?technique=T1&failureMode=F1&{entries}",
            new QuantityRationales(Scene.Study, "T1", "F1", texts, erased));
}
