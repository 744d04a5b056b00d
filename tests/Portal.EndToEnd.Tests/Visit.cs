using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>A browser window of its own, and what went wrong in it: errors, refusals of the policy, requests to elsewhere.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>How long anything on a page may take on a machine that does other work too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Rules of WCAG 2.2, levels A and AA, and axe's own good practice.</summary>
    private const string Violations =
        """
        async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return found.passes.length === 0 ? ['no rule was tried'] : found.violations.flatMap(one => one.nodes.map(
            node => `${location}: ${one.id} (${one.impact}), ${one.help}: ${node.html}`));
        }
        """;

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<IRequest> _finished = new();
    private readonly Uri _portal;
    private readonly IBrowserContext _context;

    private Visit(Uri portal, IBrowserContext context, IPage page) => (_portal, _context, Page) = (portal, context, page);

    public IPage Page { get; }

    /// <summary>What a browser complained of, and every address asked that is not the portal's.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<Visit> BeginAsync(BrowserRun run, int width = 1280, bool withScript = true, ReducedMotion? motion = null)
    {
        var context = await run.Browser.NewContextAsync(new()
        {
            BaseURL = run.Portal.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = withScript,
            ReducedMotion = motion,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var visit = new Visit(run.Portal, context, await context.NewPageAsync());
        visit.Watch();
        return visit;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    /// <summary>Goes there and returns the status.</summary>
    public async Task<int> GoAsync(string path) =>
        (await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load }))!.Status;

    /// <summary>
    /// Does what leads to another page and waits until that page is there. Listens before it acts: to look at the address afterwards
    /// and listen then is to miss a page that comes in between.
    /// </summary>
    public async Task FollowAsync(Func<Task> act, string addressPart)
    {
        var loaded = new TaskCompletionSource();
        void OnLoad(object? sender, IPage page)
        {
            if (page.Url.Contains(addressPart, StringComparison.Ordinal)) loaded.TrySetResult();
        }

        Page.Load += OnLoad;
        try
        {
            await act();
            await loaded.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{addressPart} was not loaded within {Patience.TotalSeconds} s; the page is {Page.Url}");
        }
        finally
        {
            Page.Load -= OnLoad;
        }
    }

    public Task<string> TextAsync(string selector = "main") => Page.Locator(selector).First.InnerTextAsync();

    public Task<int> CountAsync(string selector) => Page.Locator(selector).CountAsync();

    /// <summary>What axe finds on the page as it is now.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(Violations);
    }

    /// <summary>How far the page can be moved sideways, in pixels.</summary>
    public Task<int> SidewaysAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public Task ShootAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Artefacts.Folder, name + ".png"),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });

    /// <summary>What the first visit has loaded so far, in bytes as they are sent.</summary>
    public async Task<int> WeightAsync()
    {
        var sizes = await Task.WhenAll(_finished.Select(request => request.SizesAsync()));
        return sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
    }

    private void Watch()
    {
        Page.RequestFinished += (_, request) => _finished.Enqueue(request);
        // The status of the document itself is what a test asks for; that the browser says so once more is no fault.
        Page.Console += (_, said) =>
        {
            var isOfDocument = said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && said.Location.StartsWith(Page.Url, StringComparison.Ordinal);
            if (said.Type is "error" or "warning" && !isOfDocument) _faults.Enqueue($"{Page.Url}: {said.Type}: {said.Text}");
        };
        Page.PageError += (_, error) => _faults.Enqueue($"{Page.Url}: {error}");
        Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } address && address.Authority != _portal.Authority)
                _faults.Enqueue($"{Page.Url}: asked {address}");
        };
    }
}
