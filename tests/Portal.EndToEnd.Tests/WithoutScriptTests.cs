using System.Net;
using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

public sealed class WithoutScriptTests(BrowserRun run) : BrowserTest(run)
{
    [SkippableFact]
    public async Task Every_page_is_reached_by_links_alone_and_no_link_is_dead()
    {
        await using var visit = await BeginAsync(withScript: false);
        var queue = new Queue<string>(["/"]);
        var seen = new HashSet<string>();
        while (queue.TryDequeue(out var path))
        {
            Assert.True(await visit.GoAsync(path) == 200, $"{path} answers otherwise");
            foreach (var href in await visit.Page.EvalOnSelectorAllAsync<string[]>("a[href]", "links => links.map(link => link.href)"))
            {
                if (new Uri(href) is not { } to || to.Authority != Run.Portal.Authority) continue;
                // One of a kind stands for the others: there are as many cells as techniques times failure modes.
                if (!seen.Add(Site.Kind(to))) continue;
                if (Site.IsFile(to))
                    await AssertThereAsync(to);
                else
                    queue.Enqueue(to.PathAndQuery);
            }
        }

        var missed = Site.Routes.Where(route => !seen.Any(kind => kind.Split('?')[0] == route));
        Assert.Equal([Site.Nowhere], missed);
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task Lens_slider_and_forms_work_by_sending_the_form()
    {
        await using var visit = await BeginAsync(withScript: false);
        var page = visit.Page;
        await visit.GoAsync("/studies/example/matrix");
        await page.Locator("#lens").SelectOptionAsync("crisp");
        await visit.FollowAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync(), "lens=crisp");
        Assert.Equal("crisp", await page.Locator("#lens").InputValueAsync());
        await visit.GoAsync("/studies/example/replay?at=9");
        await visit.FollowAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Next", Exact = true }).ClickAsync(), "at=10");
        Assert.StartsWith("Version 10 of", await visit.TextAsync("[data-say]"), StringComparison.Ordinal);
        Assert.False(await page.Locator("[data-png]").First.IsVisibleAsync());
        await visit.GoAsync("/studies/example/audit/entries");
        await page.Locator("#from").FillAsync("3");
        await visit.FollowAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync(), "from=3");
        Assert.Contains("Entries 3 to", await visit.TextAsync(".pager"), StringComparison.Ordinal);
    }

    private static async Task AssertThereAsync(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answers {answer.StatusCode}");
    }
}
