namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Every page of the portal, with the sample study and with a study that nobody has rated in yet.</summary>
public sealed class PageTests(BrowserRun run) : BrowserTest(run)
{
    [SkippableFact]
    public Task Every_page_is_without_fault_says_what_it_is_about_is_light_and_no_wider_than_the_window() =>
        EachAsync(Site.OfSample, Wide, async (visit, template) =>
        {
            Assert.Equal(template == Site.Nowhere ? 404 : 200, await visit.GoAsync(Site.Fill(template, BrowserRun.Sample)));
            Assert.InRange(await visit.WeightAsync(), 1, Site.MostBytes(template));
            await AssertWholeAsync(visit);
            if (template.Contains("{Study}", StringComparison.Ordinal)) await AssertBoundAsync(visit);
            foreach (var width in (int[])[Wide, 375, Narrow])
            {
                await visit.Page.SetViewportSizeAsync(width, 900);
                Assert.True(await visit.SidewaysAsync() <= 0, $"wider than {width} pixels");
                if (width != Narrow) await visit.ShootAsync($"{Site.FileName(template)}-{width}");
            }
        });

    [SkippableFact]
    public Task Every_page_of_a_study_without_ratings_is_without_fault_and_no_wider_than_the_window() =>
        EachAsync(Site.OfStudies, Narrow, async (visit, template) =>
        {
            Assert.Equal(200, await visit.GoAsync(Site.Fill(template, Run.Empty)));
            Assert.True(await visit.SidewaysAsync() <= 0, $"wider than {Narrow} pixels");
            Assert.DoesNotContain("NaN", await visit.TextAsync(), StringComparison.Ordinal);
            await AssertWholeAsync(visit);
        });

    /// <summary>The version, that the study is synthetic, on every figure too, and how to cite the page.</summary>
    private static async Task AssertBoundAsync(Visit visit)
    {
        Assert.Contains("Version ", await visit.TextAsync(".version"), StringComparison.Ordinal);
        Assert.Equal("synthetic example", await visit.TextAsync(".study .badge"));
        Assert.Equal(await visit.CountAsync("figure"), await visit.CountAsync("figure .badge"));
        Assert.Matches("[?&]v=", await visit.TextAsync(".cite"));
        Assert.Contains("sha256:", await visit.TextAsync(".cite"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_looks_for_faults_finds_those_that_are_there()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync("/studies");
        await visit.Page.EvaluateAsync(
            "() => { document.documentElement.removeAttribute('lang'); document.body.style.minWidth = '2000px'; }");
        Assert.Contains(await visit.ViolationsAsync(), violation => violation.Contains("html-has-lang", StringComparison.Ordinal));
        Assert.True(await visit.SidewaysAsync() > 0);
        await visit.Page.EvaluateAsync(
            "() => { document.querySelector('main').setAttribute('style', 'color: red'); console.error('oh'); }");
        await visit.Page.EvaluateAsync("() => fetch('http://example.invalid/').catch(() => {})");
        foreach (var fault in (string[])["Content Security Policy", "error: oh", "example.invalid"])
            Assert.Contains(visit.Faults, said => said.Contains(fault, StringComparison.Ordinal));
    }

    private static async Task AssertWholeAsync(Visit visit)
    {
        Assert.Equal(1, await visit.CountAsync("h1"));
        Assert.Contains("AlignmentMesh", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        None(await visit.ViolationsAsync());
        None(visit.Faults);
    }
}
