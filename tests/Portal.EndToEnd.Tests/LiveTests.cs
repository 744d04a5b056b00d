using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Portal.Web.Words;
using Microsoft.Playwright;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Ratings sent over HTTP while a page is open.</summary>
public sealed class LiveTests(BrowserRun run) : BrowserTest(run)
{
    private const string Canary = "0.271828182";
    private const string Words = "canary-rationale-7f3a";

    private static readonly string[] Secrets = [Canary, Words];

    private static SubmitRatingsRequest Rating =>
        new([new("RLHF", "COLL", Best: decimal.Parse(Canary, CultureInfo.InvariantCulture), Rationale: Words)]);

    [SkippableFact]
    public async Task A_rating_in_an_open_round_shows_on_an_open_page_without_a_reload()
    {
        await using var visit = await BeginAsync();
        var study = await StudyAsync("open");
        await visit.GoAsync($"/studies/{study}/matrix");
        await visit.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        var cell = visit.Page.Locator("td a[href$='/cells/RLHF/COLL'] text").First;
        await Assertions.Expect(cell).ToHaveTextAsync("–");
        await RateAsync(study);
        var percent = await PercentAsync(study, 4);
        await Assertions.Expect(cell).ToHaveTextAsync(percent);
        await Assertions.Expect(visit.Page.Locator("[aria-live]")).ToContainTextAsync($"Collusion changed from – to {percent}");
        await Assertions.Expect(visit.Page.Locator(".version b")).ToHaveTextAsync("Version 4");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSamePage === true"));
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task A_new_version_that_cannot_be_had_at_once_is_taken_when_it_can()
    {
        await using var visit = await BeginAsync();
        var study = await StudyAsync("open");
        await visit.GoAsync($"/studies/{study}/matrix");
        var looks = 0;
        await visit.Page.RouteAsync($"**/studies/{study}/matrix", route => ++looks == 1 ? route.AbortAsync() : route.ContinueAsync());
        await RateAsync(study);
        await Assertions.Expect(visit.Page.Locator(".version b")).ToHaveTextAsync("Version 4");
        Assert.Equal(2, looks);
    }

    [SkippableFact]
    public async Task The_first_page_hears_of_a_new_version_too()
    {
        await using var visit = await BeginAsync();
        await visit.GoAsync("/");
        await visit.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        var live = visit.Page.Locator("[data-live]");
        var (study, version) = (await live.GetAttributeAsync("data-live"), await live.GetAttributeAsync("data-version"));
        var manager = Run.Intake((await Run.Intake().GetAsync<StudyView>($"studies/{study}")).Owner, "sample-loader", "round-manager");
        await manager.OkAsync<StudyChanged>($"studies/{study}/organisations", new AdmitOrganisationRequest($"late-{version}", "Late"));
        await Assertions.Expect(live).Not.ToHaveAttributeAsync("data-version", version!);
        await Assertions.Expect(visit.Page.Locator("[aria-live]")).ToContainTextAsync("Now version");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSamePage === true"));
        None(visit.Faults);
    }

    [SkippableFact]
    public async Task A_rating_in_a_blind_round_shows_nowhere_until_the_round_closes_and_then_on_the_open_page()
    {
        await using var visit = await BeginAsync();
        var study = await StudyAsync("blind");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = Run.Portal };
        using var events = new StreamReader(await http.GetStreamAsync($"/studies/{study}/live?after=0", limit.Token));
        await visit.GoAsync($"/studies/{study}/matrix");
        await visit.Page.EvaluateAsync("() => { window.isSamePage = true; }");
        await RateAsync(study);
        // The sealed entry makes a version of its own: when the page has taken it, whatever could show does.
        await Assertions.Expect(visit.Page.Locator(".version b")).ToHaveTextAsync("Version 4");
        await HearAsync(events, 4, limit.Token);
        Hides(await visit.Page.ContentAsync(), "the open page");
        Assert.All(await visit.Page.Locator(".heat td text").AllTextContentsAsync(), text => Assert.Equal("–", text));
        foreach (var template in Site.OfStudies) Hides(await http.GetStringAsync(Site.Fill(template, study)), template);
        foreach (var figure in (string[])["matrix", "coverage", "ratings", "history", "organisations", "divisive", "together"])
            foreach (var type in (string[])["svg", "csv", "json"])
                Hides(await FileAsync(http, $"/studies/{study}/figures/{figure}.{type}?technique=RLHF&failure-mode=COLL"), figure + type);

        await Run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/1:close", new { });
        await Assertions.Expect(visit.Page.Locator("td a[href$='/cells/RLHF/COLL'] text").First)
            .ToHaveTextAsync(await PercentAsync(study, 5));
        await HearAsync(events, 5, limit.Token);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSamePage === true"));
        var cell = await http.GetStringAsync($"/studies/{study}/cells/RLHF/COLL");
        Assert.All(Secrets, secret => Assert.Contains(secret, cell, StringComparison.Ordinal));
        None(visit.Faults);
    }

    private async Task<string> StudyAsync(string mode)
    {
        var study = await Run.StudyAsync(PaperTable.Catalogue, mode, "lab-a");
        await Run.WaitForVersionAsync(study, 3, "rohl-1");
        return study;
    }

    private Task<RatingsReceipt> RateAsync(string study) =>
        Run.Intake("lab-a", "expert", "rater").OkAsync<RatingsReceipt>($"studies/{study}/ratings", Rating);

    /// <summary>What the cell has to show, by the service that computed it.</summary>
    private async Task<string> PercentAsync(string study, long version)
    {
        var (matrix, _) = await Run.WaitForVersionAsync(study, version, "rohl-1");
        return Show.Percent(matrix.Consensus.Single(cell => cell is { Technique: "RLHF", FailureMode: "COLL" }).Mean);
    }

    private static void Hides(string text, string where) =>
        Assert.All(Secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{where} has {secret}"));

    /// <summary>A figure that has nothing to show answers 404 with a problem, which must not tell either.</summary>
    private static async Task<string> FileAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Reads events until the version is told; each says its number and nothing else.</summary>
    private static async Task HearAsync(StreamReader events, long version, CancellationToken token)
    {
        while (await events.ReadLineAsync(token) is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal)) continue;
            Assert.Matches("""^data: ?\{"version":\d+\}$""", line);
            if (line.Contains($":{version}}}", StringComparison.Ordinal)) return;
        }

        Assert.Fail($"the stream ended before version {version}");
    }
}
