using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Colours of the reader's own, paper, greyscale, and less motion: nothing is lost.</summary>
public sealed class MediaTests(BrowserRun run) : BrowserTest(run)
{
    private const string Seen = "[...document.querySelectorAll('h1, h2, .heat td, .chart, .legend li, .badge, .cite')]"
        + ".filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 0).length";

    public static TheoryData<string> Pages =>
        ["/studies/example/matrix", "/studies/example/risk", "/studies/example/cells/RE/DEC-AL", "/studies/example/disagreement"];

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task Forced_colours_paper_and_greyscale_keep_every_heading_figure_and_legend(string path)
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync(path);
        var (page, name) = (visit.Page, path["/studies/example/".Length..].Replace('/', '-'));
        var (text, seen) = (await visit.TextAsync(), await page.EvaluateAsync<int>(Seen));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        Assert.Equal(text, await visit.TextAsync());
        Assert.True(await page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('.chart, .heat svg')].every(one => getComputedStyle(one).forcedColorAdjust === 'none')"));
        await visit.ShootAsync($"{name}-forced-colours");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None, Media = Media.Print });
        Assert.Equal(seen, await page.EvaluateAsync<int>(Seen));
        Assert.False(await page.Locator(".study nav").IsVisibleAsync());
        await visit.ShootAsync($"{name}-print");
        await page.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(Artefacts.Folder, name + ".pdf") });
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setEmulatedVisionDeficiency", new Dictionary<string, object> { ["type"] = "achromatopsia" });
        await visit.ShootAsync($"{name}-greyscale");
        None(visit.Faults);
    }

    [SkippableTheory]
    [InlineData(ReducedMotion.Reduce, true)]
    [InlineData(ReducedMotion.NoPreference, false)]
    public async Task Nothing_moves_for_whoever_asks_for_less_motion(ReducedMotion wanted, bool isStill)
    {
        await using var visit = await BeginAsync(motion: wanted);
        await visit.GoAsync("/studies/example/matrix");
        Assert.Equal(isStill, await visit.Page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('body *')].every(one => getComputedStyle(one).transitionDuration === '0s' "
            + "&& getComputedStyle(one).animationName === 'none')"));
    }
}
