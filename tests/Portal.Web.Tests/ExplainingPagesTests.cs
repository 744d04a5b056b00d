using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Explaining;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class ExplainingPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    public static TheoryData<string> Documents => [.. MethodDocuments.All.Select(document => document.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_method_document_of_the_repository_is_a_page_whose_links_lead_somewhere(string name)
    {
        var page = await portal.PageAsync($"/method/{name}");
        Assert.Equal(MethodDocuments.All.Single(document => document.Name == name).Title, page.Text("h1"));
        Assert.NotEmpty(page.Texts("table"));
        foreach (var href in page.Hrefs(".prose a").Where(href => href.StartsWith('/')))
        {
            var (path, anchor) = href.Split('#') is [var one, var id] ? (one, id) : (href, null);
            var target = await portal.PageAsync(path);
            if (anchor is not null) Assert.NotNull(target.Document.GetElementById(anchor));
        }

        Assert.DoesNotContain(page.Hrefs(".prose a"), href => href.Contains(".md", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/method")]
    [InlineData("/glossary")]
    public async Task A_page_that_explains_needs_no_service(string path)
    {
        var asked = portal.Services.Asked.Count;
        _ = await portal.PageAsync(path);
        Assert.Equal(asked, portal.Services.Asked.Count);
    }

    [Fact]
    public async Task An_unknown_document_answers_404() => _ = await portal.PageAsync("/method/nothing", HttpStatusCode.NotFound);

    [Fact]
    public async Task A_citation_names_version_digest_and_label_and_both_machine_forms_are_well_formed()
    {
        var matrix = Scene.Matrix(label: "synthetic example");
        Scene.Tell(portal.Services, matrix, Scene.View("Tricks & {braces}", "synthetic example"));
        var page = await portal.PageAsync("/studies/scene/cite");
        var (bibtex, csl) = (page.Document.QuerySelectorAll("pre")[0].TextContent, page.Document.QuerySelectorAll("pre")[1].TextContent);
        Assert.Contains(@"title   = {Tricks \& \{braces\} (synthetic example): consensus matrix", bibtex, StringComparison.Ordinal);
        Assert.Contains($"note    = {{sha256:{Scene.Digest}}}", bibtex, StringComparison.Ordinal);
        var item = JsonDocument.Parse(csl).RootElement;
        Assert.Equal("dataset", item.GetProperty("type").GetString());
        Assert.EndsWith("/studies/scene/matrix?v=12", item.GetProperty("URL").GetString(), StringComparison.Ordinal);
        Assert.Contains("Cite version 12", page.Text("h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_page_shows_what_each_service_says_of_itself_and_what_is_missing()
    {
        portal.Services.Root(FakeServices.Intake, "openapi/v1.json", new
        {
            paths = new Dictionary<string, object>
            {
                ["/api/v1/things/{id}"] = new
                {
                    get = new
                    {
                        tags = new[] { "Things" },
                        summary = "One <thing>",
                        parameters = new[] { new Dictionary<string, object> { ["name"] = "id", ["in"] = "path", ["required"] = true } },
                        responses = new Dictionary<string, object> { ["200"] = new { description = "OK" } },
                    },
                },
            },
        });
        portal.Services.Down(FakeServices.Risk);
        var page = await portal.PageAsync("/api");
        Assert.Equal("GET /api/v1/things/{id} One <thing>", page.Text("#rating-intake-get-api-v1-things--id- summary"));
        Assert.Contains("id, required", page.Text(".operation td"), StringComparison.Ordinal);
        Assert.Contains("risk-scoring is not answering", page.Text("main"), StringComparison.Ordinal);
        using var raw = await portal.Http.GetAsync(new Uri("/api/rating-intake.json", UriKind.Relative));
        Assert.Equal("application/json", raw.Content.Headers.ContentType!.MediaType);
        portal.Services.Down(FakeServices.Risk, isDown: false);
    }

    [Fact]
    public async Task The_page_on_citing_leads_to_every_study()
    {
        portal.Services.Say(FakeServices.Intake, "studies", new StudyList(
            [new StudySummary("a b", "A study", "owner", null, "open", 1, 1, 1, null)], null));
        Assert.Contains("/studies/a%20b/cite", (await portal.PageAsync("/cite")).Hrefs());
    }
}
