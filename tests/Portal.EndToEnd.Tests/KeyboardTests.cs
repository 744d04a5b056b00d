using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

public sealed class KeyboardTests(BrowserRun run) : BrowserTest(run)
{
    private const int Most = 80;

    [SkippableFact]
    public async Task From_the_matrix_to_a_cell_to_the_ledger_entry_behind_it_without_a_pointer()
    {
        await using var visit = await BeginAsync();
        var page = visit.Page;
        await visit.GoAsync("/studies/example/matrix");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(page, "innerText"));
        await TabToAsync(page, "/cells/RLHF/S-TAX");
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowDown", "End", "Home", "ArrowRight", "ArrowRight"])
            await page.Keyboard.PressAsync(key);
        Assert.EndsWith("/cells/RLAIF/DEC-AL", await FocusedAsync(page, "href"), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"));
        await page.Keyboard.PressAsync("Tab");
        Assert.DoesNotContain("/cells/", await FocusedAsync(page, "href"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Shift+Tab");
        Assert.EndsWith("/cells/RLAIF/DEC-AL", await FocusedAsync(page, "href"), StringComparison.Ordinal);
        await visit.FollowAsync(() => page.Keyboard.PressAsync("Enter"), "/cells/RLAIF/DEC-AL");
        await TabToAsync(page, "/audit/entries/");
        var entry = await FocusedAsync(page, "href");
        await visit.FollowAsync(() => page.Keyboard.PressAsync("Enter"), entry);
        Assert.Equal($"Ledger entry {entry.Split('/')[^1]}", await visit.TextAsync("h1"));
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task The_skip_link_leads_past_the_navigation()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync("/studies/example/risk");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    private static async Task TabToAsync(IPage page, string part)
    {
        for (var i = 0; i < Most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            // A link of the navigation has the same beginning as many addresses; those behind a number have more.
            if ((await FocusedAsync(page, "href")).Split('?')[0] is var href && href.Contains(part, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"no link to {part} within {Most} steps of the Tab key");
    }

    private static async Task<string> FocusedAsync(IPage page, string property) =>
        await page.EvaluateAsync<string?>($"document.activeElement?.{property} ?? null") ?? "";
}
