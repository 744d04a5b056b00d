using System.Net;
using System.Net.ServerSentEvents;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class LiveTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task An_open_page_hears_of_a_newer_version_by_its_number_and_of_nothing_else()
    {
        Newest(12);
        using var limit = new CancellationTokenSource(Patience);
        using var answer = await ListenAsync("/studies/scene/live?after=12", null, limit.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Newest(13);
        var heard = await FirstAsync(answer, limit.Token);
        Assert.Equal(("matrix-updated", "13", """{"version":13}"""), (heard.EventType, heard.EventId, heard.Data));
    }

    [Fact]
    public async Task A_browser_that_comes_back_is_told_what_it_missed()
    {
        Newest(20);
        using var limit = new CancellationTokenSource(Patience);
        using var answer = await ListenAsync("/studies/scene/live?after=12", "17", limit.Token);
        Assert.Equal("20", (await FirstAsync(answer, limit.Token)).EventId);
    }

    [Fact]
    public async Task However_many_pages_are_open_the_service_is_asked_once_for_all()
    {
        Newest(12);
        using var limit = new CancellationTokenSource(Patience);
        var begun = TimeProvider.System.GetTimestamp();
        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ListenAsync("/studies/scene/live", null, limit.Token)));
        await Task.WhenAll(pages.Select(page => FirstAsync(page, limit.Token)));
        // Once a second, and a busy machine may need more than one.
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var asked = _portal.Services.Asked.Count(path => path.EndsWith("matrix/heads", StringComparison.Ordinal));
        Assert.InRange(asked, 1, 1 + (int)(seconds / 0.9));
        foreach (var page in pages) page.Dispose();
    }

    [Fact]
    public async Task Only_a_page_of_the_newest_version_listens()
    {
        Scene.Tell(_portal.Services, Scene.Matrix());
        var newest = (await _portal.PageAsync("/studies/scene/matrix")).Document.QuerySelector("[data-live]")!;
        Assert.Equal(("scene", "12"), (newest.GetAttribute("data-live"), newest.GetAttribute("data-version")));
        Assert.Null((await _portal.PageAsync("/studies/scene/matrix?v=12")).Document.QuerySelector("[data-live]"));
    }

    private void Newest(long version) =>
        _portal.Services.Say(FakeServices.Matrix, "matrix/heads", new MatrixHeads([new MatrixHead("scene", version, "d")]));

    private async Task<HttpResponseMessage> ListenAsync(string path, string? lastHeard, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (lastHeard is not null) request.Headers.Add("Last-Event-ID", lastHeard);
        var answer = await _portal.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private static async Task<SseItem<string>> FirstAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var stream = await answer.Content.ReadAsStreamAsync(token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(token))
            if (item.EventType != Live.NewestVersions.StillThere) return item;
        throw new InvalidOperationException("The stream ended without an event.");
    }
}
