using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Moving along the ledger on an open page: what is put together from steps is what the server draws whole.</summary>
public sealed partial class ReplayTests(BrowserRun run) : BrowserTest(run)
{
    private const string Replay = $"/studies/{BrowserRun.Sample}/replay";

    [SkippableFact]
    public async Task Dragging_the_slider_shows_every_position_as_its_own_page_does_without_asking_for_that_page()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync($"{Replay}?at=1");
        var last = int.Parse(await visit.Page.Locator("#at").GetAttributeAsync("max") ?? "", null);
        var asked = Asked(visit);
        foreach (var at in (int[])[3, 8, 12, 18, 17, 20, last, 2])
        {
            await visit.Page.EvaluateAsync(
                "at => { const slider = document.querySelector('#at'); slider.value = at; slider.dispatchEvent(new Event('input')); }", at);
            await Assertions.Expect(visit.Page.Locator("[data-say]")).ToHaveTextAsync($"Version {at} of {last}");
            await Assertions.Expect(visit.Page.Locator(".cause a")).ToHaveTextAsync($"Entry {at - 1}");
            var (cells, framed) = (await CellsAsync(visit), await visit.CountAsync(".heat td.changed"));
            await using var other = await BeginAsync();
            await other.GoAsync($"{Replay}?at={at}");
            Assert.Equal(await CellsAsync(other), cells);
            Assert.Equal(await other.CountAsync(".heat td rect[stroke='#111111']"), framed);
            Assert.Equal(await other.TextAsync(".cause"), await visit.TextAsync(".cause"));
        }

        Assert.DoesNotContain(asked, Page().IsMatch);
        Assert.InRange(asked.Count(url => url.Contains("/steps.json", StringComparison.Ordinal)), 1, 3);
        await visit.Page.EvaluateAsync("() => document.querySelector('#at').dispatchEvent(new Event('change'))");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("[?&]at=2$"));
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task Play_goes_to_the_end_and_then_shows_its_page()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync($"{Replay}?at=1");
        var last = await visit.Page.Locator("#at").GetAttributeAsync("max");
        await visit.GoAsync($"{Replay}?at={int.Parse(last!, null) - 3}");
        var asked = Asked(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex($"[?&]at={last}$"));
        await Assertions.Expect(visit.Page.Locator("[data-say]")).ToHaveTextAsync($"Version {last} of {last}");
        await Assertions.Expect(visit.Page.Locator("[data-play]")).ToHaveTextAsync("Play");
        Assert.Single(asked, Page().IsMatch);
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task Computing_again_says_that_it_is_at_work_and_then_what_came_of_it()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync($"/studies/{BrowserRun.Sample}/audit/verify");
        var held = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/audit/verify?from=1", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compute again" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("p[role=status]:has(progress)")).ToContainTextAsync("Computing every version again");
        None(await visit.ViolationsAsync());
        held.SetResult();
        await Assertions.Expect(visit.Page.Locator(".notice[role=status]")).ToContainTextAsync("All equal");
        Assert.Equal(0, await visit.CountAsync("progress"));
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task Where_the_script_gets_no_answer_the_browser_goes_there_itself()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync($"/studies/{BrowserRun.Sample}/audit/verify");
        var asked = 0;
        await visit.Page.RouteAsync("**/audit/verify?from=1", route => ++asked == 1 ? route.AbortAsync() : route.ContinueAsync());
        await visit.FollowAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compute again" }).ClickAsync(), "/audit/verify?from=1");
        Assert.Contains("All equal", await visit.TextAsync(), StringComparison.Ordinal);
    }

    private static ConcurrentQueue<string> Asked(Visit visit)
    {
        var asked = new ConcurrentQueue<string>();
        visit.Page.Request += (_, request) => asked.Enqueue(request.Url);
        return asked;
    }

    /// <summary>What every cell says, to eyes and to a screen reader.</summary>
    private static async Task<IReadOnlyList<string>> CellsAsync(Visit visit) =>
        await visit.Page.Locator(".heat td").AllTextContentsAsync();

    [GeneratedRegex(@"/replay\?")]
    private static partial Regex Page();
}
