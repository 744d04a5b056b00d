using System.Net;
using AlignmentMesh.Portal.Web.Assets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>What holds for every answer of the portal, whatever the page.</summary>
public sealed class ServingTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public void Every_endpoint_requires_a_named_policy()
    {
        var endpoints = portal.Provider.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/studies");
        Assert.All(endpoints, endpoint => Assert.Contains(
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), data => !string.IsNullOrEmpty(data.Policy)));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/studies/unknown/matrix", HttpStatusCode.NotFound)]
    public async Task Every_page_lets_a_browser_load_only_what_is_the_portals_own(string path, HttpStatusCode status)
    {
        using var answer = await portal.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        var page = new Page(await answer.Content.ReadAsStringAsync());
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.All(
            page.Hrefs("link").Concat(page.Document.Scripts.Select(script => script.Source!)),
            address => Assert.StartsWith("/assets/", address, StringComparison.Ordinal));
        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("portal.css", "text/css")]
    [InlineData("portal.js", "text/javascript")]
    [InlineData("favicon.svg", "image/svg+xml")]
    public async Task A_file_is_kept_for_good_under_its_hash_and_under_no_other(string name, string type)
    {
        var address = portal.Provider.GetRequiredService<PortalAssets>()[name];
        using var answer = await portal.Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var other = await portal.Http.GetAsync(new Uri($"/assets/000000000000/{name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task The_portal_is_ready_when_no_service_answers()
    {
        foreach (var service in new[] { FakeServices.Intake, FakeServices.Matrix, FakeServices.Risk }) portal.Services.Down(service);
        try
        {
            using var answer = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            foreach (var service in new[] { FakeServices.Intake, FakeServices.Matrix, FakeServices.Risk })
                portal.Services.Down(service, isDown: false);
        }
    }

    [Fact]
    public async Task An_unknown_page_says_so_and_leads_to_the_studies()
    {
        var page = await portal.PageAsync("/no/such/page", HttpStatusCode.NotFound);
        Assert.Contains("There is no such page", page.Text("h1"), StringComparison.Ordinal);
        Assert.Contains("/studies", page.Hrefs("main a"));
    }
}
