using System.Net;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>What an address may not say, and what goes along from one address to the next.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("view=nonsense", "view is 'nonsense'; allowed: disagreement, coverage, change, table, sources.")]
    [InlineData("view=change&since=x", "since is 'x'; allowed: a whole number from 1 to 12.")]
    [InlineData("view=change&since=0", "since is '0'")]
    [InlineData("view=change&since=13", "since is '13'")]
    public async Task A_view_or_an_earlier_version_that_is_none_is_refused_with_what_is_allowed(string query, string words)
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var page = await _portal.PageAsync($"/studies/scene/matrix?{query}", HttpStatusCode.BadRequest);
        Assert.Contains(words, page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", page.Text(".cite"), StringComparison.Ordinal);
        Assert.DoesNotContain("since", page.Text(".cite"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("13")]
    [InlineData("x")]
    public async Task A_file_of_changes_since_no_version_is_refused_with_what_is_allowed(string since)
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        using var answer = await _portal.Http.GetAsync($"/studies/scene/figures/change.csv?v=12&since={since}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("allowed: a whole number from 1 to 12.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lens_that_only_the_matrix_has_goes_along_where_there_is_it_and_no_further()
    {
        Scene.Tell(_portal.Services, Scene.Matrix(lens: "median"));
        var page = await _portal.PageAsync("/studies/scene/matrix?lens=median");
        Assert.Equal("/studies/scene/cells/T1/F1?lens=median", page.Hrefs(".heat td a")[0]);
        var links = page.Hrefs(".study nav a, .switches nav a");
        Assert.All(["risk", "lab", "compare", "replay", "matrix?view=change"], path => Assert.Contains($"/studies/scene/{path}", links));
    }

    [Fact]
    public async Task A_study_that_no_service_knows_is_said_once()
    {
        var page = await _portal.PageAsync("/studies/nothing/matrix", HttpStatusCode.NotFound);
        Assert.Equal("No such study. There is no study 'nothing'.", Assert.Single(page.Texts("[role=alert]")));
    }
}
